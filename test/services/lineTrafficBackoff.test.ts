import { expect, test } from "vitest";
import { Backoff } from "#services/lineTrafficBackoff.ts";

const waitedMs = 500;
const restMs = 20 * waitedMs;

/** ms from `now` on for which the unit rests, in steps of 100 */
function restOf(backoff: Backoff, unit: number, now: number): number {
  let rest = 0;
  while (backoff.rests(unit, now + rest)) rest += 100;
  return rest;
}

test("a unit that answered before rests after three silences in a row, for twenty times what they cost", () => {
  const backoff = new Backoff();
  backoff.answered(7);
  const rests = [1, 2, 3, 4].map((silence) => {
    backoff.silent(7, silence, waitedMs);
    return restOf(backoff, 7, silence);
  });

  expect(rests).toEqual([0, 0, restMs, restMs]);
});

test("a unit that never answered rests after its first silence", () => {
  const backoff = new Backoff();

  backoff.silent(7, 0, waitedMs);

  expect(restOf(backoff, 7, 0)).toBe(restMs);
});

test("the more units are silent, the longer each rests: together they cost the same", () => {
  const backoff = new Backoff();
  for (const unit of [7, 8, 9]) backoff.silent(unit, 0, waitedMs);
  for (const unit of [7, 8, 9]) backoff.silent(unit, 60_000, waitedMs);

  expect([7, 8, 9].map((unit) => restOf(backoff, unit, 60_000))).toEqual([
    3 * restMs,
    3 * restMs,
    3 * restMs,
  ]);
});

test("a unit that is no longer polled does not lengthen the others' rest", () => {
  const backoff = new Backoff();
  backoff.silent(7, 0, waitedMs);

  backoff.silent(8, 100_000, waitedMs);

  expect(restOf(backoff, 8, 100_000)).toBe(restMs);
});

test("an answer ends the row of silences, and the rest", () => {
  const backoff = new Backoff();
  backoff.silent(7, 0, waitedMs);

  backoff.answered(7);
  expect(backoff.rests(7, 0)).toBe(false);
  backoff.silent(7, 0, waitedMs);
  backoff.silent(7, 0, waitedMs);

  expect(backoff.rests(7, 0)).toBe(false);
});

test("a resting unit leaves the others alone", () => {
  const backoff = new Backoff();
  backoff.silent(7, 0, waitedMs);

  expect([7, 8].map((unit) => backoff.rests(unit, 500))).toEqual([true, false]);
});
