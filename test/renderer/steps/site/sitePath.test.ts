import { expect, test } from "vitest";
import { printPath, readPath } from "#renderer/steps/site/sitePath.ts";

test("a path is read as it is printed, with either slash and stray spaces", () => {
  expect(readPath(printPath(["Water", "East", "NPS-07"]))).toEqual(["Water", "East", "NPS-07"]);
  expect(readPath(" 水务／东区 /  NPS-07 / ")).toEqual(["水务", "东区", "NPS-07"]);
});
