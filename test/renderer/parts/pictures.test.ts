import { describe, expect, test } from "vitest";
import { bins, quantile } from "#renderer/parts/bins.ts";
import { nextCell, unitCells } from "#renderer/parts/unitCells.ts";

describe("a histogram's bins", () => {
  test("hold every value exactly once", () => {
    const values = [5, 5.5, 12, 60, 50, 5];

    const { counts } = bins(values, 36);

    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
    expect(counts[0]).toBe(3);
    expect(counts.at(-1)).toBe(1);
  });

  test("the median and the extremes are values that were measured", () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0), quantile([4, 1, 3, 2], 1)]).toEqual([
      2, 1, 4,
    ]);
  });
});

describe("the unit map", () => {
  const scan = {
    found: new Map([[17, { name: "Rectifier", state: "ok" as const }]]),
    from: 10,
    to: 20,
    asked: 8,
    asking: true,
  };

  test("tells asked, now, waiting and out of range apart", () => {
    const states = new Map(unitCells(scan).map((cell) => [cell.unit, cell.state]));

    expect([
      states.get(9),
      states.get(10),
      states.get(17),
      states.get(18),
      states.get(19),
      states.get(21),
    ]).toEqual(["out", "asked", "asked", "now", "waiting", "out"]);
  });

  test("asks nobody when the scan is over", () => {
    expect(unitCells({ ...scan, asking: false }).some((cell) => cell.state === "now")).toBe(false);
  });

  test("arrows go from one found unit to the next", () => {
    expect([
      nextCell("ArrowRight", 3, [1, 3, 17]),
      nextCell("ArrowLeft", 3, [1, 3, 17]),
      nextCell("End", 1, [1, 3, 17]),
    ]).toEqual([17, 1, 17]);
    expect(nextCell("ArrowRight", 17, [1, 3, 17])).toBeUndefined();
  });
});
