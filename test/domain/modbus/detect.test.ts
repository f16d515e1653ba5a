import { describe, expect, test } from "vitest";
import { type Candidate, candidateSettings, isProven, rank, silenceSettings } from "#domain/modbus/detect.ts";
import { askTimeoutMs, unitsToAsk } from "#domain/modbus/detectAsking.ts";
import { hearFrames } from "#domain/modbus/judge.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { hearAsUart, seeded } from "#simulator/lineNoise.ts";

const known: SerialSettings = { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 1 };

/** Requests and replies of a master that polls a few units, at least 20 frames. */
function conversation(seed: number): readonly Uint8Array[] {
  let drawn = 0;
  const draw = (below: number) => Math.floor(seeded(seed, drawn++) * below);
  const polls = Array.from({ length: 1 + draw(4) }, () => ({
    unit: 1 + draw(60),
    offset: draw(2000),
    count: 1 + draw(8),
    area: draw(2) === 0 ? ("holding" as const) : ("input" as const),
  }));
  return Array.from({ length: 10 }, (_, index) => polls[index % polls.length] as (typeof polls)[0]).flatMap(
    ({ unit, offset, count, area }) => {
      const request = readRequest(area, offset, count);
      const words = Array.from({ length: count }, () => (draw(3) === 0 ? 0 : draw(65_536)));
      const data = words.flatMap((word) => [word >> 8, word & 0xff]);
      const reply = Uint8Array.of(request[0] ?? 0, data.length, ...data);
      return [rtuFrame(unit, request), rtuFrame(unit, reply)];
    },
  );
}

/** What every candidate hears of a conversation, in the order of trying. */
function hearAll(
  runs: readonly Uint8Array[],
  truth: SerialSettings,
  keepsBad: boolean,
): readonly Candidate[] {
  return candidateSettings([known]).map((settings) => {
    let [frames, frameBytes, strayBytes] = [0, 0, 0];
    for (const run of runs) {
      const bytes = hearAsUart(run, truth, settings, keepsBad);
      const found = hearFrames(bytes);
      const inFrames = found.reduce((sum, { start, end }) => sum + end - start, 0);
      frames += found.length;
      frameBytes += inFrames;
      strayBytes += bytes.length - inFrames;
    }
    const certain = isProven(frames, frameBytes, strayBytes);
    return { settings, tried: true, frames, strayBytes, unit: null, certain };
  });
}

// One receiver's stop bit is enough for two of a sender, so a second one cannot be heard.
const audible = candidateSettings([known]).filter(({ stopBits }) => stopBits === 1);
const truthOf = (seed: number) => audible[Math.floor(seeded(seed, 999) * audible.length)] ?? known;
const seeds = Array.from({ length: 500 }, (_, seed) => seed);

describe("ranking what was heard", () => {
  test("the right settings are first, and the first certain ones tried, in 99 of 100 captures", () => {
    let [first, firstCertain] = [0, 0];
    for (const seed of seeds) {
      const truth = truthOf(seed);
      const heard = hearAll(conversation(seed), truth, false);
      if (rank(heard)[0]?.settings === heard.find(({ settings }) => isSame(settings, truth))?.settings)
        first++;
      if (isSame(heard.find(({ certain }) => certain)?.settings, truth)) firstCertain++;
    }

    expect(first).toBeGreaterThanOrEqual(seeds.length * 0.99);
    expect(firstCertain).toBeGreaterThanOrEqual(seeds.length * 0.99);
  }, 20_000);

  test("through an adapter that passes on bytes of wrong parity the baud rate is right all the same", () => {
    let right = 0;
    for (const seed of seeds.slice(0, 100)) {
      const truth = truthOf(seed);
      const [best] = rank(hearAll(conversation(seed), truth, true));
      if (best?.certain && best.settings.baudRate === truth.baudRate) right++;
    }

    expect(right).toBeGreaterThanOrEqual(95);
  });

  test("a single poll leaves a byte at one of the settings at which silence is judged", () => {
    for (const seed of seeds) {
      const truth = truthOf(seed);
      const [request = new Uint8Array(0)] = conversation(seed);
      const heard = silenceSettings({ ...known, baudRate: 250_000, parity: "odd" }).map(
        (settings) => hearAsUart(request, truth, settings).length,
      );
      expect(Math.max(...heard), settingsText(truth)).toBeGreaterThan(0);
    }
  });

  test("noise alone makes nothing certain", () => {
    for (const seed of seeds.slice(0, 200)) {
      const noise = Uint8Array.from({ length: 2000 }, (_, index) => Math.floor(seeded(seed, index) * 256));
      expect(hearFrames(noise).length).toBeLessThan(2);
    }
  });

  test("an answer goes before frames heard, those before garbage, and equals keep their order", () => {
    const [a, b, c, d, e] = candidateSettings([known]).map((settings) => ({
      settings,
      tried: true,
      frames: 0,
      strayBytes: 0,
      unit: null,
      certain: false,
    })) as [Candidate, Candidate, Candidate, Candidate, Candidate];
    const untried = { ...a, tried: false };
    const garbage = { ...b, strayBytes: 90 };
    const heard = { ...c, frames: 7, certain: true };
    const cleaner = { ...d, frames: 1, strayBytes: 2 };
    const dirtier = { ...d, frames: 1, strayBytes: 200 };
    const answered = { ...e, frames: 1, unit: 3, certain: true };

    expect(rank([untried, garbage, dirtier, cleaner, heard, answered])).toEqual([
      answered,
      heard,
      cleaner,
      dirtier,
      garbage,
      untried,
    ]);
    expect(rank([b, a, c])).toEqual([b, a, c]);
  });
});

describe("candidates", () => {
  test("begin with the line's own settings, then the likeliest, each once", () => {
    const texts = candidateSettings([{ ...known, baudRate: 19_200 }]).map(settingsText);

    expect(texts.slice(0, 4)).toEqual(["19200 8N1", "19200 8E1", "9600 8N1", "9600 8E1"]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of ["1200 8E1", "115200 8N1", "4800 8O1", "9600 8N2"]) expect(texts).toContain(text);
  });

  test("hold every parity of a baud rate that only this line has", () => {
    const texts = candidateSettings([{ ...known, baudRate: 250_000, parity: "odd" }]).map(settingsText);

    expect(texts[0]).toBe("250000 8O1");
    expect(texts).toEqual(expect.arrayContaining(["250000 8N1", "250000 8E1"]));
  });
});

test("known units are asked and waited for; otherwise the usual numbers, briefly", () => {
  expect(unitsToAsk([{ number: 42, name: "", identity: "" }])).toEqual([42]);
  expect(unitsToAsk([]).slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(askTimeoutMs(known, true, 1000)).toBeGreaterThan(askTimeoutMs(known, false, 1000));
  expect(askTimeoutMs(known, true, 150)).toBeLessThan(160);
  expect(askTimeoutMs({ ...known, baudRate: 1200 }, false, 1000)).toBeGreaterThan(135);
});

function isSame(a: SerialSettings | undefined, b: SerialSettings): boolean {
  return a !== undefined && settingsText(a) === settingsText(b);
}
