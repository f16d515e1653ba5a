import { expect, test } from "vitest";
import { registerRows } from "#renderer/steps/line/registerRows.ts";

test("registers stand under their printed number and their offset, in every reading a manual may use", () => {
  expect(registerRows("holding", 0, [0x08fc, 0xffff], undefined)).toEqual([
    { offset: 0, printed: "400001", hex: "08FC", unsigned: 2300, signed: null, changed: false },
    { offset: 1, printed: "400002", hex: "FFFF", unsigned: 65_535, signed: -1, changed: false },
  ]);
  expect(registerRows("input", 65_535, [1], [1]).map((row) => row.printed)).toEqual(["365536"]);
});

test("a register that moved since the last read is marked, of the same registers only", () => {
  const changed = (before: readonly number[]) =>
    registerRows("holding", 0, [1, 2, 3], before).map((row) => row.changed);

  expect(changed([1, 5, 3])).toEqual([false, true, false]);
  expect(changed([1, 5])).toEqual([false, false, false]);
});
