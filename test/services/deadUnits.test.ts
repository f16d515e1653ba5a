import { expect, test } from "vitest";
import type { Clock } from "#capabilities/clock.ts";
import type { Line, Lines } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import { charMs, exchangeMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { registersReply } from "#test/support/rtuSlave.ts";

const settings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 } as const;
const never = new AbortController().signal;
const turnaroundMs = 5;
const timeoutMs = 500;

/** A line on which time is counted and not waited for: each exchange takes what it takes at this baud rate. */
function countedLine(dead: ReadonlySet<number>) {
  let nowMs = 0;
  const clock: Clock = {
    now: () => nowMs,
    monotonic: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
    after: () => () => undefined,
  };
  const line: Line = {
    shared: true,
    async exchange(unit, pdu, limitMs) {
      const count = pdu[4] ?? 0;
      if (dead.has(unit)) {
        nowMs += silentIntervalMs(settings) + 8 * charMs(settings) + limitMs;
        throw new FaultError({ code: "line.silent", unit, afterMs: limitMs });
      }
      const reply = registersReply(unit, pdu[0] ?? 0, Array<number>(count).fill(unit));
      const latencyMs = exchangeMs(settings, 8, reply.length, turnaroundMs) - silentIntervalMs(settings);
      nowMs += latencyMs;
      return { pdu: reply.slice(1, -2), latencyMs };
    },
    async listen(ms) {
      nowMs += ms;
      return { bytes: 0, frames: [] };
    },
    onFrame: () => () => undefined,
    onClose: () => () => undefined,
    close: async () => undefined,
  };
  const lines: Lines = { open: async () => line };
  const place = { kind: "serial", port: "counted", settings } as const;
  return { clock, traffic: openTraffic(place, { lines, clock, onFrame: () => undefined }) };
}

type Counted = ReturnType<typeof countedLine>;

/** Polls all units in turn for so long; the number of reads that were answered. */
async function poll({ clock, traffic }: Counted, units: readonly number[], forMs: number, cycleMs: number) {
  const begin = clock.monotonic();
  let good = 0;
  while (clock.monotonic() - begin < forMs) {
    const startedAt = clock.monotonic();
    for (const unit of units) {
      const options = { timeoutMs, priority: "poll" } as const;
      const read = traffic.read(unit, "holding", 0, 10, options, never);
      good += await read.then(
        () => 1,
        () => 0,
      );
    }
    await clock.sleep(Math.max(cycleMs - (clock.monotonic() - startedAt), 1));
  }
  return good;
}

const healthy = [1, 2, 3, 4, 5, 6, 7];
const dead = [20, 21, 22];
const all = [1, 20, 2, 3, 21, 4, 5, 22, 6, 7];

test.each([
  ["in the first half minute, each round right after the other", 0, 30_000],
  ["in five minutes, each round right after the other", 0, 300_000],
  ["in the first half minute, a round a second", 1000, 30_000],
])("seven healthy units of ten keep nine tenths of their rate %s", async (_, cycleMs, forMs) => {
  const ideal = await poll(countedLine(new Set()), healthy, forMs, cycleMs);
  const among = await poll(countedLine(new Set(dead)), all, forMs, cycleMs);

  expect(ideal).toBeGreaterThan(150);
  expect(among / ideal).toBeGreaterThanOrEqual(0.9);
});

test("units that die on the way cost the others as little, and are read again once they are back", async () => {
  const gone = new Set<number>();
  const line = countedLine(gone);
  const ideal = await poll(countedLine(gone), healthy, 60_000, 0);
  await poll(line, all, 1000, 0);

  for (const unit of dead) gone.add(unit);
  const among = await poll(line, all, 60_000, 0);
  gone.clear();
  await poll(line, all, 30_000, 0);
  const back = await poll(line, all, 1, 0);

  expect(among / ideal).toBeGreaterThanOrEqual(0.85);
  expect(back).toBe(all.length);
});
