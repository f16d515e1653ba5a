import { describe, expect, test } from "vitest";
import { columnsThatFit, leastPx } from "#renderer/parts/columnsThatFit.ts";
import { nextRow } from "#renderer/parts/nextRow.ts";

describe("keys in a table", () => {
  test.each([
    ["ArrowDown", -1, 0],
    ["ArrowDown", 4, 5],
    ["ArrowDown", 99, 99],
    ["ArrowUp", -1, 99],
    ["ArrowUp", 0, 0],
    ["PageDown", 95, 99],
    ["PageUp", 3, 0],
    ["Home", 50, 0],
    ["End", 50, 99],
  ])("%s from row %i selects row %i", (key, at, expected) => {
    expect(nextRow(key, at, 100, 10)).toBe(expected);
  });

  test("other keys and empty tables move nothing", () => {
    expect(nextRow("a", 1, 100, 10)).toBeUndefined();
    expect(nextRow("ArrowDown", -1, 0, 10)).toBeUndefined();
  });
});

describe("columns in a narrow table", () => {
  const columns = [
    { key: "name", width: "minmax(120px, 1fr)" },
    { key: "identity", width: "minmax(130px, 1.4fr)", yields: 1 },
    { key: "groups", width: "68px", yields: 2 },
    { key: "state", width: "104px" },
  ];
  const shown = (width: number) => columnsThatFit(columns, width).map((column) => column.key);

  test("all stay while there is room, and before it is measured", () => {
    expect(shown(422)).toEqual(["name", "identity", "groups", "state"]);
    expect(shown(0)).toEqual(["name", "identity", "groups", "state"]);
  });

  test("the one that yields most goes first, one that never yields stays", () => {
    expect(shown(421)).toEqual(["name", "identity", "state"]);
    expect(shown(100)).toEqual(["name", "state"]);
  });

  test("reads the least room of a track", () => {
    expect([leastPx("52px"), leastPx("minmax(120.5px, 1fr)"), leastPx("1fr")]).toEqual([52, 120.5, 0]);
  });
});
