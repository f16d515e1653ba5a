import { expect, test } from "vitest";
import { fittingColumns } from "#renderer/steps/verify/fitting.ts";

const columns = [
  { key: "tag", yields: 0, needsPx: 200 },
  { key: "spark", yields: 3, needsPx: 100 },
  { key: "address", yields: 1, needsPx: 100 },
  { key: "verdict", yields: 0, needsPx: 100 },
].map((column) => ({ ...column, title: column.key, width: "1fr", cell: () => null }));

function kept(widthPx: number): readonly string[] {
  return fittingColumns(columns, widthPx).map((column) => column.key);
}

test("columns give way one by one, the least needed first", () => {
  expect(kept(500)).toEqual(["tag", "spark", "address", "verdict"]);
  expect(kept(499)).toEqual(["tag", "address", "verdict"]);
  expect(kept(399)).toEqual(["tag", "verdict"]);
});

test("what must be seen stays however narrow it gets; an unknown width keeps all", () => {
  expect(kept(10)).toEqual(["tag", "verdict"]);
  expect(kept(0)).toHaveLength(4);
});
