import { describe, expect, test } from "vitest";
import { formatValue, scaleValue } from "#domain/tag/format.ts";
import type { TagType, Value } from "#domain/tag/tag.ts";

const shape = { precision: 0, scale: 1, bias: 0 };

describe("a shown value", () => {
  test.each<readonly [number, TagType, string]>([
    [0, "double", "0"],
    [Math.PI, "double", "3.14159265"],
    [Math.fround(Math.PI), "float", "3.1415927"],
    [Math.fround(229.01), "float", "229.01"],
    [Math.fround(48_201.7), "float", "48201.7"],
    [100, "float", "100"],
    [-40.5, "double", "-40.5"],
    [1_234_567.8, "double", "1234567.8"],
    [123_456_789_012.7, "double", "123456789013"],
    [0.0001, "double", "0.0001"],
    [-1.5e-7, "double", "-1.5e-7"],
    [1e100, "double", "1.0000e+100"],
    [Number.NaN, "float", "NaN"],
    [Number.POSITIVE_INFINITY, "float", "Infinity"],
  ])(
    "of a real without decimals set has the figures that it carries: %d of %s is %s",
    (value, type, text) => {
      expect(formatValue(value, { ...shape, type })).toBe(text);
    },
  );

  test.each([
    [123.456, 2, "123.46"],
    [0, 3, "0.000"],
    [1e-9, 3, "0.000"],
    [229.4, 1, "229.4"],
    [0.1, 17, "0.10000000000000001"],
    // from a wrong word order
    [1.5184998373247989e35, 3, "1.5185e+35"],
  ])("of a real has the tag's decimals: %d with %d is %s", (value, precision, text) => {
    expect(formatValue(value, { ...shape, precision, type: "float" })).toBe(text);
  });

  test.each<readonly [Value, TagType, string]>([
    [4_294_967_295, "uint32", "4294967295"],
    [18_446_744_073_709_551_615n, "uint64", "18446744073709551615"],
    [1, "bit", "1"],
    ["HELLO", "string", "HELLO"],
    [[0, 0xde, 10], "bytes", "00 DE 0A"],
  ])("of anything else is whole: %s as %s is %s", (value, type, text) => {
    expect(formatValue(value, { ...shape, type })).toBe(text);
  });

  test("of a scaled counter keeps every whole digit", () => {
    const tag = { type: "uint32", precision: 0, scale: 0.01, bias: 0 } as const;

    expect(formatValue(scaleValue(3_000_000_001, tag), tag)).toBe("30000000");
    expect(formatValue(scaleValue(1_234_567, tag), tag)).toBe("12345.67");
  });

  test("of a scaled integer is a real", () => {
    const tag = { type: "uint16", precision: 2, scale: 0.01, bias: -5.5 } as const;

    expect(formatValue(scaleValue(4660, tag), tag)).toBe("41.10");
  });
});

describe("scaling", () => {
  test("multiplies first and adds the bias then", () => {
    expect(scaleValue(10, { scale: 2, bias: 1 })).toBe(21);
    expect(scaleValue(10n, { scale: 0.5, bias: 0 })).toBe(5);
  });

  test("leaves texts, bytes and unscaled 64-bit values alone", () => {
    expect(scaleValue(2n ** 63n, { scale: 1, bias: 0 })).toBe(2n ** 63n);
    expect(scaleValue("7", { scale: 2, bias: 0 })).toBe("7");
    expect(scaleValue([1, 2], { scale: 2, bias: 0 })).toEqual([1, 2]);
  });
});
