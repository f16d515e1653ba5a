import { expect, test } from "vitest";
import { createLastMinute } from "#renderer/client/lastMinute.ts";

test("values older than a minute leave, the rest stay in order", () => {
  const minute = createLastMinute();
  for (let second = 0; second <= 90; second += 10) minute.record("t", second * 1000, second);

  expect(minute.values("t")).toEqual([30, 40, 50, 60, 70, 80, 90]);
});

test("a reading told twice or late counts once", () => {
  const minute = createLastMinute();
  minute.record("t", 5000, 1);
  minute.record("t", 5000, 1);
  minute.record("t", 4000, 9);

  expect(minute.values("t")).toEqual([1]);
});

test("five values a second do not grow past what a spark can show, and the newest is there", () => {
  const minute = createLastMinute();
  for (let at = 0; at < 300_000; at += 200) minute.record("t", at, at);

  expect(minute.values("t").length).toBeLessThanOrEqual(60);
  expect(minute.values("t").length).toBeGreaterThan(50);
  expect(minute.values("t").at(-1)).toBe(299_800);
  expect(minute.values("other")).toEqual([]);
});
