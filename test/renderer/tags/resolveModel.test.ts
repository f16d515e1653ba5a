import { expect, test } from "vitest";
import type { HypothesisView } from "#contract/tagViews.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { changeOf, isTaken, resolveOf } from "#renderer/steps/tags/resolve/resolveModel.ts";
import { ambiguous } from "#test/support/page/tagAnswers.ts";

const tag: Tag = {
  line: "rtu",
  group: "feeder1",
  name: "voltage",
  address: { unit: 1, area: "holding", offset: 0 },
  type: "uint16",
  access: ["read"],
  scale: 1,
  bias: 5,
  precision: 0,
  unit: "V",
  description: "",
};
const found = ambiguous.detail.hypotheses[0] as HypothesisView;

test("an answer brings type, order and scale, takes the bias away, and keeps the display's decimals", () => {
  expect(changeOf(found, tag, "229.0")).toEqual({
    address: { unit: 1, area: "holding", offset: 0, order: "BL" },
    type: "float",
    scale: 1,
    bias: 0,
    precision: 1,
  });
  expect(changeOf(found, { ...tag, precision: 3 }, "229.0")).not.toHaveProperty("precision");
  expect(changeOf({ ...found, type: "int16" }, tag, "229")).not.toHaveProperty("precision");
});

test("a tag that is read this way already is told apart from one that is not", () => {
  expect(isTaken(found, tag)).toBe(false);
  expect(isTaken(found, { ...tag, ...changeOf(found, tag, "229.0") })).toBe(true);
});

test("an answer is the tag's when it was asked for its place, or here", () => {
  const elsewhere = { ...tag, address: { ...tag.address, offset: 1 } };

  expect(resolveOf([ambiguous], tag, undefined)?.key).toBe("resolve-1");
  expect(resolveOf([ambiguous], elsewhere, undefined)).toBeUndefined();
  expect(resolveOf([ambiguous], elsewhere, "resolve-1")?.key).toBe("resolve-1");
});
