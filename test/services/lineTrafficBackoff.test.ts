import { expect, test } from "vitest";
import { Backoff } from "#services/lineTrafficBackoff.ts";

test("a unit rests after three silences in a row, twice as long each time, at most 30 s", () => {
  const backoff = new Backoff();
  const rests: number[] = [];
  for (let silences = 1; silences <= 9; silences += 1) {
    backoff.silent(7, 0);
    rests.push([30_000, 16_000, 8000, 4000, 2000, 1000].find((ms) => backoff.rests(7, ms - 1)) ?? 0);
    expect(backoff.rests(7, 30_000)).toBe(false);
  }

  expect(rests).toEqual([0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("an answer ends the row of silences", () => {
  const backoff = new Backoff();
  backoff.silent(7, 0);
  backoff.silent(7, 0);

  backoff.answered(7);
  backoff.silent(7, 0);

  expect(backoff.rests(7, 0)).toBe(false);
});

test("a resting unit leaves the others alone", () => {
  const backoff = new Backoff();
  for (let i = 0; i < 3; i += 1) backoff.silent(7, 0);

  expect([7, 8].map((unit) => backoff.rests(unit, 500))).toEqual([true, false]);
});
