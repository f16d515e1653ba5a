import { afterEach, expect, test } from "vitest";
import { rtuLine } from "#adapters/modbus/rtuLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import { FaultError } from "#domain/fault.ts";
import { parseReadReply, readRequest } from "#domain/modbus/pdu.ts";
import { openSlowUnit } from "#test/support/slowUnit.ts";

const settings = { baudRate: 115_200, parity: "none", dataBits: 8, stopBits: 1 } as const;
const timeoutMs = 50;
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

const wordAt = (offset: number) => (offset * 40_503 + 12_345) & 0xffff;

/** A repeatable number from 0 to below `below`. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** Reads in random places, and counts; one answer in twenty is up to five time-outs late. */
async function readThrough(seed: number, inOrder: boolean, counts: readonly number[], reads: number) {
  const random = seeded(seed);
  // What is promised holds for up to six time-outs: a busy machine must not make an answer later than that.
  const atMostMs = timeoutMs * 5.5;
  const unit = await openSlowUnit(inOrder, wordAt, (asked) => [
    { afterMs: random(20) === 0 ? timeoutMs * (1 + random(400) / 100) : 0, atMostMs, bytes: asked.frame() },
  ]);
  cleanups.push(() => unit.close());
  const { signal } = new AbortController();
  const line = rtuLine(await openTcpPipe("127.0.0.1", unit.port, signal), settings, "line");
  cleanups.push(() => line.close());
  const tally = { right: 0, wrong: 0, refused: 0, slowestMs: 0 };
  for (let index = 0; index < reads; index++) {
    const offset = random(5000);
    const count = counts[random(counts.length)] ?? 1;
    const begun = performance.now();
    try {
      const { pdu } = await line.exchange(1, readRequest("holding", offset, count), timeoutMs, signal);
      const isRight = parseReadReply(pdu, "holding", count).every((word, i) => word === wordAt(offset + i));
      if (isRight && pdu.length === 2 + 2 * count) tally.right++;
      else tally.wrong++;
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      tally.refused++;
    }
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - begun);
  }
  return tally;
}

test.each([
  ["that answers in the order of asking", true, [1, 2, 10, 60, 125, 125]],
  ["that answers in any order", false, [1, 2, 10, 10, 11, 60]],
] as const)(
  "10,000 reads of a unit %s, up to five time-outs late, give no wrong value",
  async (_, inOrder, counts) => {
    const lines = Array.from({ length: 40 }, (_, seed) => readThrough(seed + 1, inOrder, counts, 250));

    const tallies = await Promise.all(lines);

    const sum = (key: "right" | "wrong" | "refused") => tallies.reduce((all, tally) => all + tally[key], 0);
    expect(sum("wrong")).toBe(0);
    expect(sum("right") + sum("refused")).toBe(10_000);
    expect(sum("right")).toBeGreaterThan(1000);
  },
  60_000,
);
