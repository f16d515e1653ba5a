import { expect, test } from "vitest";
import { atRate } from "#services/find/atRate.ts";
import { never, rejection } from "#test/support/serving.ts";

/** A clock on which only sleeping takes time. */
function sleepingClock() {
  let nowMs = 1000;
  return {
    monotonic: () => nowMs,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      nowMs += ms;
    },
  };
}

test.each([25, 50, 200])(
  "no more than %i are asked a second, whatever the answers take",
  async (perSecond) => {
    const clock = sleepingClock();
    const at: number[] = [];
    const all = Array.from({ length: 254 }, (_, index) => index);

    const asking = atRate(all, perSecond, async () => void at.push(clock.monotonic() - 1000), clock, never);
    await asking;

    expect(at).toEqual(all.map((index) => expect.closeTo((index * 1000) / perSecond, 6)));
  },
);

test("cancelling asks nobody else and waits for who was asked", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const asked: number[] = [];
  let answered = 0;
  async function ask(one: number): Promise<void> {
    asked.push(one);
    if (one === 3) stop.abort(reason);
    await new Promise((resolve) => setImmediate(resolve));
    answered += 1;
  }

  expect(await rejection(atRate([1, 2, 3, 4, 5], 50, ask, sleepingClock(), stop.signal))).toBe(reason);

  expect(asked).toEqual([1, 2, 3]);
  expect(answered).toBe(3);
});

test("who fails is told when all have answered", async () => {
  const broken = new Error("broken");
  let answered = 0;

  const asking = atRate(
    [1, 2, 3],
    50,
    async (one) => {
      if (one === 1) throw broken;
      answered += 1;
    },
    sleepingClock(),
    never,
  );

  expect(await rejection(asking)).toBe(broken);
  expect(answered).toBe(2);
});
