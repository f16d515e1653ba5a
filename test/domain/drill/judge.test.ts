import { describe, expect, test } from "vitest";
import { judgeDrill } from "#domain/drill/judge.ts";
import type { Arrival, DrillFacts, DrillGroup, SentMessage } from "#domain/drill/model.ts";

const base = 1_700_000_000_000;
/** The publisher's clock is an hour behind ours. */
const skewMs = 3_600_000;
const group: DrillGroup = {
  key: "rtu/pump",
  intervalMs: 1000,
  tags: [
    { key: "rtu/pump/speed", name: "speed", onChange: false },
    { key: "rtu/pump/leak", name: "leak", onChange: true },
  ],
};
const [cut, back, end] = [20, 50, 80];

const facts: DrillFacts = {
  startedAt: base,
  cutAt: base + cut * 1000 + 500,
  restoredAt: base + back * 1000 + 500,
  reconnectedAt: base + back * 1000 + 900,
  endedAt: base + end * 1000,
  qos: 1,
  cache: { on: true, messages: 100_000 },
  restarted: false,
  sent: [],
};

/** The message of a second; it comes `lateMs` after the usual 20 ms. */
const arrival = (second: number, lateMs = 0, tags = ["speed"]): Arrival => ({
  ...{ key: group.key, at: base + second * 1000 + 20 + lateMs, timestamp: base + second * 1000 - skewMs },
  ...{ tags, mark: "m" },
});
const fresh = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => arrival(from + index));
/** Seconds of the outage, which all come from `firstAt` on, ten a second. */
const replayed = (from: number, to: number, firstAt = back + 1) =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    arrival(from + index, (firstAt - from - index) * 1000 + index * 100),
  );
const inOrder = (...parts: readonly (readonly Arrival[])[]) => parts.flat().sort((a, b) => a.at - b.at);
const judge = (arrivals: readonly Arrival[], more: Partial<DrillFacts> = {}) =>
  judgeDrill([group], arrivals, { ...facts, ...more });
const swallowed = (from: number, to: number): readonly SentMessage[] =>
  fresh(from, to).map(({ at: _, ...message }) => ({ ...message, passed: 0 }));

test("what a cache gave back is late and out of order, and nothing is lost", () => {
  const outcome = judge(inOrder(fresh(0, cut), replayed(cut + 1, back), fresh(back + 1, end)));

  expect(outcome.groups[0]).toMatchObject({
    ...{ expected: 81, arrived: 81, lost: 0, duplicated: 0, reordered: 29 },
    causes: [],
  });
  expect(outcome.groups[0]?.late).toBeGreaterThan(25);
  expect(outcome.groups[0]?.longestLateMs).toBe(30_000);
  expect(outcome.offsetMs).toBe(skewMs + 20);
  // Nothing of the rest was lost through a cache: then no change was lost either.
  expect(outcome.tags.map(({ lost }) => lost)).toEqual([0, 0]);
});

test("a message that comes twice counts once, and its copy as a double", () => {
  const outcome = judge(inOrder(fresh(0, end), [arrival(40, 3)]));

  expect(outcome.groups[0]).toMatchObject({ arrived: 81, duplicated: 1, reordered: 0, lost: 0 });
});

describe("the cause of a loss", () => {
  const gap = inOrder(fresh(0, cut), fresh(back + 1, end));
  const lost = back - cut;

  test.each<readonly [string, readonly Arrival[], Partial<DrillFacts>, string, number]>([
    ["the cache is off", gap, { cache: { on: false, messages: 0 } }, "cacheOff", lost],
    ["the cache is not known and gave nothing", gap, { cache: null }, "cacheOff", lost],
    ["the cache was on and gave nothing", gap, {}, "cacheLost", lost],
    [
      "a restart in the middle threw the first half away",
      inOrder(fresh(0, cut), replayed(36, back), fresh(back + 1, end)),
      { restarted: true },
      "cacheLost",
      15,
    ],
    [
      "the oldest gave way",
      inOrder(fresh(0, cut), replayed(31, back), fresh(back + 1, end)),
      { cache: { on: true, messages: 20 } },
      "cacheSmall",
      10,
    ],
    [
      "QoS 0 went into the dead connection",
      inOrder(fresh(0, cut), replayed(27, back), fresh(back + 1, end)),
      { qos: 0, sent: swallowed(21, 26) },
      "qos0",
      6,
    ],
    [
      "without a proxy the first seconds of an outage tell that by their place",
      inOrder(fresh(0, cut), replayed(27, back), fresh(back + 1, end)),
      { qos: 0, sent: null },
      "qos0",
      6,
    ],
    [
      "QoS 1 went into it and was not repeated",
      inOrder(fresh(0, cut), replayed(27, back), fresh(back + 1, end)),
      { sent: swallowed(21, 26) },
      "unrepeated",
      6,
    ],
    ["the publisher did not come back", fresh(0, cut), { reconnectedAt: null }, "notBack", 59],
    [
      "messages are missing while the link is up, and nobody saw them sent",
      inOrder(fresh(0, 9), fresh(13, end)),
      { sent: null },
      "outside",
      3,
    ],
    [
      "the broker took messages and did not hand them on",
      inOrder(fresh(0, 9), fresh(13, end)),
      { sent: swallowed(10, 12).map((one) => ({ ...one, passed: 1 })) },
      "outside",
      3,
    ],
  ])("%s", (_, arrivals, more, cause, count) => {
    const outcome = judge(arrivals, more);

    expect(outcome.causes).toEqual([{ cause, lost: count }]);
    expect(outcome.groups[0]).toMatchObject({ lost: count, expected: 81 - (cause === "notBack" ? 1 : 0) });
  });
});

test("a change that nobody saw sent is not known to be lost, and not known to be there", () => {
  const arrivals = inOrder(
    fresh(0, cut).map((one) => ({
      ...one,
      tags: one.timestamp % 5000 === 0 ? ["speed", "leak"] : ["speed"],
    })),
    fresh(back + 1, end),
  );

  const [speed, leak] = judge(arrivals, { cache: { on: false, messages: 0 } }).tags;

  expect(speed).toMatchObject({ lost: back - cut });
  expect(leak).toMatchObject({ expected: null, lost: null });
});

test("a backlog that lay ready until a fresh message came is told, as NanoMQ's bridge does it", () => {
  // The publisher itself is quiet for 20 s after the link is back.
  const quiet = inOrder(fresh(0, cut), replayed(cut + 1, back, 71), fresh(71, end));

  expect(judge(quiet).waitedMs).toBeGreaterThan(19_000);
  expect(judge(inOrder(fresh(0, cut), replayed(cut + 1, back), fresh(back + 1, end))).waitedMs).toBeNull();
});

test("an outage that TCP itself carried over proves nothing of the cache, and that is told", () => {
  const held = inOrder(fresh(0, cut), replayed(cut + 1, back), fresh(back + 1, end));

  expect(judge(held, { reconnectedAt: null, sent: swallowed(0, 0) }).held).toBe(true);
  expect(judge(held).held).toBe(false);
});

test("what a gateway left out by itself is no loss, on a link that is up or between what its cache gave back", () => {
  const outcome = judge(
    inOrder(fresh(0, 9), fresh(12, cut), replayed(cut + 1, 33), replayed(35, back), fresh(back + 1, end)),
  );

  expect(outcome).toMatchObject({ skipped: 3, causes: [] });
  expect(outcome.groups[0]).toMatchObject({ lost: 0, expected: 78, arrived: 78 });
});

test("a timer that is late once and on time again loses nothing", () => {
  const jittered = fresh(0, end).map((one, index) =>
    index === 30 ? { ...one, timestamp: one.timestamp + 620, at: one.at + 620 } : one,
  );

  expect(judge(jittered).groups[0]).toMatchObject({ lost: 0, expected: 81 });
});
