import { afterEach, describe, expect, test } from "vitest";
import { readRequest } from "#domain/modbus/pdu.ts";
import { hasValidCrc, parseRtuFrame, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { exchangeMs } from "#domain/modbus/timing.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { type Bus, openBus, type Tap } from "#simulator/bus.ts";
import { joinBus } from "#simulator/units/rtuUnit.ts";
import { until } from "#test/support/until.ts";

const settings: SerialSettings = { baudRate: 19_200, parity: "even", dataBits: 8, stopBits: 1 };
const buses: Bus[] = [];
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close();
});

function line(): Bus {
  const bus = openBus(settings);
  buses.push(bus);
  return bus;
}

function ears(tap: Tap): { bytes: number[]; lastAtMs: number } {
  const heard = { bytes: [] as number[], lastAtMs: 0 };
  tap.onBytes((bytes, atMs) => {
    heard.bytes.push(...bytes);
    heard.lastAtMs = atMs;
  });
  return heard;
}

const counting = {
  read: (_: unknown, offset: number, count: number) => Array.from({ length: count }, (_, i) => offset + i),
  write: () => false,
};

describe("the simulated line", () => {
  test("carries 125 registers at 19200 8E1 in the time that the characters need", async () => {
    const bus = line();
    joinBus(bus, { number: 1, bank: counting }, () => 0);
    const master = bus.tap();
    const heard = ears(master);

    const startedMs = performance.now();
    await master.write(rtuFrame(1, readRequest("holding", 0, 125)));
    await until(() => heard.bytes.length === 255, "the reply");

    const tookMs = heard.lastAtMs - startedMs;
    const computedMs = exchangeMs(settings, 8, 255, 5);
    expect(Math.abs(tookMs - computedMs)).toBeLessThan(computedMs * 0.1);
    expect(parseRtuFrame(Uint8Array.from(heard.bytes))?.unit).toBe(1);
  });

  test("lets every other tap hear what one writes, and not the writer", async () => {
    const bus = line();
    const [writer, first, second] = [bus.tap(), bus.tap(), bus.tap()];
    const own = ears(writer);
    const others = [ears(first), ears(second)];

    await writer.write(Uint8Array.of(1, 2, 3));

    expect(own.bytes).toEqual([]);
    expect(others.map((ear) => ear.bytes)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test("damages both of two transmissions that overlap", async () => {
    const bus = line();
    const [a, b, listener] = [bus.tap(), bus.tap(), bus.tap()];
    const heard = ears(listener);
    const frame = rtuFrame(1, readRequest("holding", 0, 10));

    await Promise.all([a.write(frame), b.write(rtuFrame(9, readRequest("input", 7, 3)))]);

    const halves = [heard.bytes.filter((_, i) => i % 2 === 0), heard.bytes];
    expect(heard.bytes).toHaveLength(16);
    for (const bytes of halves) expect(hasValidCrc(Uint8Array.from(bytes))).toBe(false);
    expect(heard.bytes.slice(0, 8)).not.toEqual([...frame]);
  });

  test.each<Partial<SerialSettings>>([
    { baudRate: 9600 },
    { baudRate: 38_400 },
    { parity: "none" },
    { stopBits: 2 },
  ])("is garbage to a tap with %o, and does not understand it", async (wrong) => {
    const bus = line();
    joinBus(bus, { number: 1, bank: counting }, () => 0);
    const stranger = bus.tap({ ...settings, ...wrong });
    const master = bus.tap();
    const heard = ears(stranger);
    const answers = ears(master);
    const frame = rtuFrame(1, readRequest("holding", 0, 1));

    await master.write(frame);
    await until(() => answers.bytes.length === 7, "the reply to the master");
    expect(heard.bytes.some((byte, i) => byte === frame[i])).toBe(false);

    await stranger.write(frame);
    // The silence that ends what the stranger sent.
    await new Promise((resolve) => setTimeout(resolve, 30));
    answers.bytes.length = 0;
    await master.write(frame);
    await until(() => answers.bytes.length >= 7, "the reply to the master alone");
    expect(parseRtuFrame(Uint8Array.from(answers.bytes))?.unit).toBe(1);
  });
});

describe("a unit on the line", () => {
  const area = {
    read: (name: string, offset: number) => (name === "holding" && offset === 0 ? [5] : undefined),
    write: () => false,
  };
  const ask = async (pdu: Uint8Array) => {
    const bus = line();
    joinBus(bus, { number: 4, bank: area as never }, () => 0);
    const master = bus.tap();
    const heard = ears(master);
    await master.write(rtuFrame(4, pdu));
    await until(() => parseRtuFrame(Uint8Array.from(heard.bytes)) !== undefined, "a whole reply");
    return [...(parseRtuFrame(Uint8Array.from(heard.bytes))?.pdu ?? [])];
  };

  test("answers exception 2 for a register it does not have", async () => {
    expect(await ask(readRequest("holding", 1, 1))).toEqual([0x83, 2]);
  });

  test("answers exception 1 for a function it does not know, identification among them", async () => {
    expect(await ask(Uint8Array.of(17))).toEqual([0x91, 1]);
    expect(await ask(Uint8Array.of(43, 14, 1, 0))).toEqual([0xab, 1]);
  });

  test("answers exception 3 for more registers than a reply holds", async () => {
    expect(await ask(Uint8Array.of(3, 0, 0, 0, 126))).toEqual([0x83, 3]);
  });

  test("does not answer a request with a wrong checksum", async () => {
    const bus = line();
    joinBus(bus, { number: 4, bank: area as never }, () => 0);
    const master = bus.tap();
    const heard = ears(master);
    const damaged = rtuFrame(4, readRequest("holding", 0, 1));
    damaged[7] = (damaged[7] ?? 0) ^ 1;

    await master.write(damaged);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await master.write(rtuFrame(4, readRequest("holding", 0, 1)));
    await until(() => heard.bytes.length > 0, "the reply to the second request");
    await until(() => !bus.busy, "the end of the reply");

    expect(heard.bytes).toHaveLength(7);
  });
});
