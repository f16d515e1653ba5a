import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { TagType, Value } from "#domain/tag/tag.ts";
import { anyTyped, anyValue } from "./anyTag.ts";

const place: Address = { unit: 1, area: "holding", offset: 0 };

describe("encoding", () => {
  test("is undone by decoding, for every type, order and length", () => {
    // A bit of a register cannot be written alone.
    const writable = anyTyped.filter(({ type, address }) => type !== "bit" || address.bit === undefined);
    const cases = writable.chain((typed) => fc.tuple(fc.constant(typed), anyValue(typed)));
    fc.assert(
      fc.property(cases, ([{ type, address }, value]) => {
        const encoded = encodeValue(value, address, type);
        if (!encoded.ok) throw new Error(encoded.problem.code);

        expect(encoded.value).toHaveLength(spanOf(address, type).registers);
        expect(encoded.value.every((word) => word >= 0 && word <= 0xffff)).toBe(true);
        expect(decodeValue(encoded.value, address, type)).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves no word half set: what was read, written back, is the same words", () => {
    const numbers = ["int16", "uint16", "int32", "uint32", "int64", "uint64"] as const;
    const four = fc.array(fc.nat({ max: 0xffff }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...numbers), four, (type, words) => {
        const some = words.slice(0, spanOf(place, type).registers);
        expect(encodeValue(decodeValue(some, place, type), place, type)).toEqual({ ok: true, value: some });
      }),
    );
  });

  test("puts the first character of a text into the high or the low byte", () => {
    const text = { ...place, length: 4 };

    expect(encodeValue("AB", text, "string")).toEqual({ ok: true, value: [0x4142, 0] });
    expect(encodeValue("AB", { ...text, stringOrder: "L" }, "string")).toEqual({
      ok: true,
      value: [0x4241, 0],
    });
  });

  test.each<readonly [string, Value, TagType, Partial<Address>]>([
    ["65536 as uint16", 65_536, "uint16", {}],
    ["−1 as uint16", -1, "uint16", {}],
    ["−32769 as int16", -32_769, "int16", {}],
    ["1.5 as int32", 1.5, "int32", {}],
    ["NaN as int32", Number.NaN, "int32", {}],
    ["2^64 as uint64", 2n ** 64n, "uint64", {}],
    ["1e39 as float", 1e39, "float", {}],
    ["a text as float", "1", "float", {}],
    ["2 as a coil", 2, "bit", { area: "coil" }],
    ["a bit inside a register", 1, "bit", { bit: 3 }],
    ["a text of 5 bytes into 4", "abcde", "string", { length: 4 }],
    ["two characters of 6 bytes into 4", "电压", "string", { length: 4 }],
    ["a text with NUL", "a\0b", "string", { length: 4 }],
    ["half a character", "\ud83d", "string", { length: 4 }],
    ["3 bytes into 4", [1, 2, 3], "bytes", { length: 4 }],
    ["a byte of 256", [1, 256], "bytes", { length: 2 }],
  ])("refuses %s instead of cutting it", (_, value, type, more) => {
    const encoded = encodeValue(value, { ...place, ...more }, type);

    expect(encoded).toMatchObject({ ok: false, problem: { code: "value.unfit", type } });
  });
});

describe("decoding", () => {
  test("ends a text at its first NUL, and reads the whole last register of an odd length", () => {
    expect(decodeValue([0x4142, 0x0043], { ...place, length: 4 }, "string")).toBe("AB");
    expect(decodeValue([0x4142, 0x4344], { ...place, length: 3 }, "string")).toBe("ABCD");
  });

  test("gives ? for bytes that are no text, as the gateway does", () => {
    expect(decodeValue([0xfffe, 0x8081], { ...place, length: 4 }, "string")).toBe("?");
  });

  test("reads text in UTF-8", () => {
    expect(decodeValue([0xe794, 0xb500], { ...place, length: 4 }, "string")).toBe("电");
  });

  test("keeps unsigned 64-bit values above 2^63 whole", () => {
    expect(decodeValue([0xffff, 0xffff, 0xffff, 0xffff], place, "uint64")).toBe(2n ** 64n - 1n);
  });

  test("takes bit 0 of a register from its low end, and coils as they are", () => {
    expect(decodeValue([0x8004], { ...place, bit: 15 }, "bit")).toBe(1);
    expect(decodeValue([0x8004], { ...place, bit: 2 }, "bit")).toBe(1);
    expect(decodeValue([0x8004], { ...place, bit: 0 }, "bit")).toBe(0);
    expect(decodeValue([1], { ...place, area: "coil" }, "bit")).toBe(1);
  });

  test("gives the bytes as they stand on the wire", () => {
    expect(decodeValue([0xdead, 0xbeef], { ...place, length: 4 }, "bytes")).toEqual([0xde, 0xad, 0xbe, 0xef]);
  });
});
