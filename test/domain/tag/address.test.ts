import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { TagType } from "#domain/tag/tag.ts";
import { tagTypes } from "#domain/tag/tag.ts";
import { anyTyped } from "./anyTag.ts";

function codeOf(text: string, type: TagType, base: 0 | 1 = 1): string {
  const parsed = parseAddress(text, type, base);
  return parsed.ok ? "ok" : parsed.problem.code;
}

function offsetOf(text: string, type: TagType, base: 0 | 1 = 1): number | undefined {
  const parsed = parseAddress(text, type, base);
  return parsed.ok ? parsed.value.offset : undefined;
}

describe("an address", () => {
  test("printed and read again is the same address, for every type, area, order and length", () => {
    fc.assert(
      fc.property(anyTyped, ({ address, type }) => {
        expect(parseAddress(printAddress(address), type)).toEqual({ ok: true, value: address });
      }),
      { numRuns: 500 },
    );
  });

  test("made of any text is refused or printed in a form that reads the same, and nothing throws", () => {
    const characters = fc.constantFrom(..."0134!#.LBHWSRxyz 9７\n");
    const text = fc.oneof(fc.string({ unit: characters, maxLength: 14 }), fc.string());
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...tagTypes),
        fc.constantFrom(0 as const, 1 as const),
        (one, type, base) => {
          const parsed = parseAddress(one, type, base);
          if (parsed.ok) expect(parseAddress(printAddress(parsed.value), type)).toEqual(parsed);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is the same with five digits, six or seven", () => {
    for (const text of ["1!41", "1!40001", "1!400001", "1!4000001"]) expect(offsetOf(text, "uint16")).toBe(0);
    expect(offsetOf("1!4065536", "uint16")).toBe(65_535);
  });

  test("counts registers from 1 as manuals do, or from 0 as the wire does", () => {
    expect(offsetOf("1!400003", "int32")).toBe(2);
    expect(offsetOf("1!400003", "int32", 0)).toBe(3);
    expect(offsetOf("1!400000", "uint16", 0)).toBe(0);
    expect(codeOf("1!465536", "uint16", 0)).toBe("address.registerOutOfRange");
  });

  test("is printed with at least five digits after the area, from register 1", () => {
    const place = { unit: 7, area: "holding", offset: 0 } as const;

    expect(printAddress(place)).toBe("7!400001");
    expect(printAddress({ ...place, order: "BL" })).toBe("7!400001#BL");
    expect(printAddress({ ...place, bit: 0 })).toBe("7!400001.0");
    expect(printAddress({ ...place, length: 10, stringOrder: "H" })).toBe("7!400001.10H");
    expect(printAddress({ ...place, area: "coil", offset: 65_535 })).toBe("7!065536");
  });

  // All of these Neuron takes, and then reads another place than the text says.
  test.each<readonly [string, TagType, string]>([
    ["300!400001", "uint16", "address.unitOutOfRange"],
    ["1!400000", "uint16", "address.registerOutOfRange"],
    ["1!400001xyz", "uint16", "address.malformed"],
    ["1!400003#XY", "int32", "address.orderUnfit"],
    ["0!400001", "uint16", "unit.broadcast"],
  ])("that Neuron misunderstands is refused: %s as %s", (text, type, code) => {
    expect(codeOf(text, type)).toBe(code);
  });

  test.each<readonly [string, TagType, string]>([
    ["400001", "uint16", "address.malformed"],
    ["1!500001", "uint16", "address.malformed"],
    ["1!465537", "uint16", "address.registerOutOfRange"],
    ["1!465536", "int32", "address.registerOutOfRange"],
    ["1!465534", "double", "address.registerOutOfRange"],
    ["1!465535.6", "bytes", "address.registerOutOfRange"],
    ["1!400021", "string", "address.malformed"],
    ["1!400021.0H", "string", "address.malformed"],
    ["1!400021.128", "string", "address.malformed"],
    ["1!400021.5D", "string", "address.malformed"],
    ["1!400042.3", "bytes", "address.malformed"],
    ["1!400042.130", "bytes", "address.malformed"],
    ["1!400042.4H", "bytes", "address.malformed"],
    ["1!400015", "bit", "address.malformed"],
    ["1!400015.16", "bit", "address.malformed"],
    ["1!000001", "int16", "address.typeUnfit"],
    ["1!000001.1", "bit", "address.malformed"],
    ["1!400001.3", "uint16", "address.malformed"],
    ["1!400001#BL", "uint16", "address.orderUnfit"],
    ["1!400001#L", "float", "address.orderUnfit"],
    ["1!400001#WS", "float", "address.orderUnfit"],
    ["1!400001#BL", "string", "address.malformed"],
  ])("that does not fit is refused: %s as %s gives %s", (text, type, code) => {
    expect(codeOf(text, type)).toBe(code);
  });

  test.each<readonly [string, TagType]>([
    ["247!465536", "uint16"],
    ["1!465533#WR", "double"],
    ["1!400021.127L", "string"],
    ["1!400042.128", "bytes"],
    ["1!300015.15", "bit"],
    ["1!100001", "bit"],
    [" 1!400001#B ", "int16"],
  ])("at the edge of what fits is read: %s as %s", (text, type) => {
    expect(codeOf(text, type)).toBe("ok");
  });
});
