import { describe, expect, test } from "vitest";
import { formatValue, scaleValue } from "#domain/tag/format.ts";
import type { TagType, Value } from "#domain/tag/tag.ts";

function shown(raw: Value, type: TagType, scale = 1, bias = 0, precision = 0): string {
  const tag = { type, scale, bias, precision };
  return formatValue(scaleValue(raw, tag), tag);
}

describe("a shown value", () => {
  test.each<[Value, TagType, number, number, number, string]>([
    [4660, "int16", 1, 100, 0, "4760"],
    [3, "uint16", 0.1, 0, 0, "0.3"],
    [4660, "uint16", 0.1, 0, 1, "466.0"],
    [4660, "uint16", 0.01, -5.5, 2, "41.10"],
    [1_234_567, "uint32", 0.1, 0, 1, "123456.7"],
    [65_534, "uint16", 1, 0, 0, "65534"],
    [2n ** 64n - 1n, "uint64", 1, 0, 0, "18446744073709551615"],
    [Math.PI, "double", 1, 0, 0, "3.14159"],
    [Math.fround(123.456), "float", 1, 0, 0, "123.456"],
    [Math.fround(123.456), "float", 1, 0, 2, "123.46"],
    [0, "float", 1, 0, 2, "0.00"],
    [0, "float", 1, 0, 0, "0"],
    [Number.NaN, "float", 1, 0, 3, "NaN"],
  ])("of raw %s as %s, scale %f, bias %f, precision %i is %s", (raw, type, scale, bias, precision, text) => {
    expect(shown(raw, type, scale, bias, precision)).toBe(text);
  });

  test("of text and bytes takes no scale", () => {
    expect(shown("229", "string", 0.1)).toBe("229");
    expect(shown([222, 173, 0], "bytes", 0.1)).toBe("DE AD 00");
  });
});
