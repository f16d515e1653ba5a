import { expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import type { BytePipe, Lines } from "#capabilities/line.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import type { SerialLine } from "#domain/site/site.ts";
import { seeded } from "#simulator/lineNoise.ts";
import { scanning } from "./scanning.ts";

const line: SerialLine = {
  ...{ id: "line", name: "line", timeoutMs: 500, units: [], kind: "serial" },
  ...{ port: "port", gatewayPort: "/dev/ttyS0" },
  settings: { baudRate: 115_200, parity: "even", dataBits: 8, stopBits: 1 },
};
const timing = { timeoutMs: 20, mostMs: 20 };

type Random = () => number;
const randomBytes = (random: Random, most: number) =>
  Uint8Array.from({ length: 1 + Math.floor(most * random()) }, () => Math.floor(256 * random()));

/** A reply that would fit the request but for one to four damaged bytes. */
function damagedReply(request: Uint8Array, random: Random): Uint8Array {
  const whole = rtuFrame(request[0] ?? 0, Uint8Array.of(3, 2, Math.floor(256 * random()), 7));
  const damaged = whole.slice();
  for (let count = 1 + Math.floor(4 * random()); count > 0; count--) {
    const at = Math.floor(whole.length * random());
    damaged[at] = (whole[at] ?? 0) ^ (1 + Math.floor(255 * random()));
  }
  // Damage on damage can undo itself, and then it is a whole reply.
  return damaged.every((byte, at) => byte === whole[at]) ? Uint8Array.of(0xff) : damaged;
}

/** What comes back for a request where nobody is; the last way also makes noise while nobody asks. */
const answers: readonly ((request: Uint8Array, random: Random) => Uint8Array)[] = [
  (_, random) => randomBytes(random, 12),
  (_, random) => randomBytes(random, 250),
  damagedReply,
  (request, random) => damagedReply(request, random).slice(0, 1 + Math.floor(6 * random())),
  (request, random) => Uint8Array.of(...request, ...randomBytes(random, 9)),
  (request) => rtuFrame((request[0] ?? 0) + 1, Uint8Array.of(3, 2, 0, 0)),
  (_, random) => randomBytes(random, 7),
];

/** A line on which nobody is, only noise: each seed has its own, and makes the same again. */
function noisyLine(seed: number, answer = answers[seed % answers.length]) {
  let made = 0;
  let bytes = 0;
  const random = () => seeded(seed, made++);
  const lines: Lines = {
    async open(place) {
      if (place.kind !== "serial") throw new Error("a serial line only");
      const listeners = new Set<(bytes: Uint8Array, atMs: number) => void>();
      const tell = (chunk: Uint8Array) => {
        bytes += chunk.length;
        for (const call of listeners) call(chunk, performance.now());
      };
      const idle =
        seed % answers.length === answers.length - 1
          ? setInterval(() => random() < 0.2 && tell(randomBytes(random, 3)), 15)
          : undefined;
      const pipe: BytePipe = {
        async write(request) {
          if (answer) setTimeout(() => tell(answer(request, random)), 1);
        },
        onBytes(call) {
          listeners.add(call);
          return () => listeners.delete(call);
        },
        onClose: () => () => undefined,
        async close() {
          clearInterval(idle);
          listeners.clear();
        },
      };
      return rtuLine(pipe, place.settings, "noise");
    },
  };
  return { lines, bytes: () => bytes };
}

test("noise is never taken for a unit, in 200 seeded runs", { timeout: 120_000 }, async () => {
  const runs = Array.from({ length: 200 }, async (_, seed) => {
    const { lines, bytes } = noisyLine(seed);
    const from = 1 + ((seed * 37) % 228);
    const job = await scanning(lines, line, { from, to: from + 19, timing }).ended;
    return { seed, state: job.state, asked: job.detail.asked, units: job.detail.units, bytes: bytes() };
  });
  const ended = await Promise.all(runs);

  expect(ended.filter(({ state, asked }) => state !== "done" || asked !== 20)).toEqual([]);
  expect(ended.flatMap(({ units }) => units)).toEqual([]);
  expect(Math.min(...ended.map(({ bytes }) => bytes))).toBeGreaterThan(5);
});

test("through noise a unit is found when it was understood twice, and doubtful when it was once", async () => {
  const goodAt: Readonly<Record<number, readonly number[]>> = { 3: [1, 2], 5: [1] };
  const asked = new Map<number, number>();
  const { lines } = noisyLine(0, (request, random) => {
    const unit = request[0] ?? 0;
    const time = asked.get(unit) ?? 0;
    const isProbe = request[1] === 3 && request[2] === 0 && request[5] === 1;
    if (!isProbe) return rtuFrame(unit, Uint8Array.of((request[1] ?? 0) | 0x80, 1));
    asked.set(unit, time + 1);
    return goodAt[unit]?.includes(time)
      ? rtuFrame(unit, Uint8Array.of(3, 2, 0, unit))
      : damagedReply(request, random);
  });

  const { detail } = await scanning(lines, line, { from: 3, to: 5, timing }).ended;

  expect(detail.units.map(({ number }) => number)).toEqual([3]);
  expect(detail.suspects.map(({ number }) => number)).toEqual([4, 5]);
});
