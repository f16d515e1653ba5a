import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { TagType } from "#domain/tag/tag.ts";
import { anyPlace } from "./anyTag.ts";

function problemOf(text: string, type: TagType, base: 0 | 1 = 1): string {
  const result = parseAddress(text, type, base);
  return result.ok ? `taken as ${JSON.stringify(result.value)}` : result.problem.code;
}

describe("an address", () => {
  test("reads back as it was printed, whatever it is", () => {
    fc.assert(
      fc.property(anyPlace, ({ address, type }) => {
        expect(parseAddress(printAddress(address), type)).toEqual({ ok: true, value: address });
      }),
    );
  });

  test.each([
    ["1!400001#BL", "float", { unit: 1, area: "holding", offset: 0, order: "BL" }],
    ["3!000001", "bit", { unit: 3, area: "coil", offset: 0 }],
    ["247!165536", "bit", { unit: 247, area: "discrete", offset: 65_535 }],
    ["1!400015.3", "bit", { unit: 1, area: "holding", offset: 14, bit: 3 }],
    ["1!400021.10H", "string", { unit: 1, area: "holding", offset: 20, length: 10, stringOrder: "H" }],
    ["1!300042.4", "bytes", { unit: 1, area: "input", offset: 41, length: 4 }],
    ["1!465536", "uint16", { unit: 1, area: "holding", offset: 65_535 }],
  ] as const)("prints %s as it stands in the gateway", (text, type, address) => {
    expect(parseAddress(text, type)).toEqual({ ok: true, value: address });
    expect(printAddress(address)).toBe(text);
  });

  test.each(["1!41", "1!40001", "1!400001", "1!4000001"])("takes any count of digits: %s", (text) => {
    expect(parseAddress(text, "uint16")).toEqual({
      ok: true,
      value: { unit: 1, area: "holding", offset: 0 },
    });
  });

  test("counts from 0 where the manual does", () => {
    expect(parseAddress("1!400000", "uint16", 0)).toMatchObject({ value: { offset: 0 } });
    expect(parseAddress("1!465535", "uint16", 0)).toMatchObject({ value: { offset: 65_535 } });
    expect(problemOf("1!465536", "uint16", 0)).toBe("address.registerOutOfRange");
  });
});

describe("an address that the gateway would read as another place", () => {
  test.each([
    ["0!400001", "uint16", "unit.broadcast"],
    ["248!400001", "uint16", "address.unitOutOfRange"],
    ["300!400001", "uint16", "address.unitOutOfRange"],
    ["1!400000", "uint16", "address.registerOutOfRange"],
    ["1!465537", "uint16", "address.registerOutOfRange"],
    ["1!465536", "int32", "address.registerOutOfRange"],
    ["1!465500.127", "string", "address.registerOutOfRange"],
    ["1!400001xyz", "uint16", "address.malformed"],
    ["1!400001#XY", "float", "address.orderUnfit"],
    ["1!400001#BL", "int16", "address.orderUnfit"],
    ["1!400001#B", "float", "address.orderUnfit"],
    ["1!400001#WS", "int32", "address.orderUnfit"],
    ["1!400001#bl", "float", "address.malformed"],
    ["1!200001", "uint16", "address.malformed"],
    ["400001", "uint16", "address.malformed"],
    ["", "uint16", "address.malformed"],
    ["1!000001", "uint16", "address.typeUnfit"],
    ["1!000001.3", "bit", "address.malformed"],
    ["1!400001", "bit", "address.malformed"],
    ["1!400001.16", "bit", "address.malformed"],
    ["1!400001.3", "uint16", "address.malformed"],
    ["1!400001", "string", "address.malformed"],
    ["1!400001.0", "string", "address.malformed"],
    ["1!400001.128", "string", "address.malformed"],
    ["1!400001.5D", "string", "address.malformed"],
    ["1!400001.5E", "string", "address.malformed"],
    ["1!400001.3", "bytes", "address.malformed"],
    ["1!400001.130", "bytes", "address.malformed"],
    ["1!400001.4H", "bytes", "address.malformed"],
  ] as const)("is refused: %s as %s", (text, type, code) => {
    expect(problemOf(text, type)).toBe(code);
  });

  test("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), anyPlace, (text, { type }) => {
        expect([true, false]).toContain(parseAddress(text, type).ok);
      }),
    );
  });
});

describe("a span", () => {
  test.each([
    ["1!400001", "int16", 1],
    ["1!400001", "float", 2],
    ["1!400001", "uint64", 4],
    ["1!400001.3", "bit", 1],
    ["1!000001", "bit", 1],
    ["1!400001.9H", "string", 5],
    ["1!400001.4", "bytes", 2],
  ] as const)("of %s as %s is %i long", (text, type, registers) => {
    const address = parseAddress(text, type);
    if (!address.ok) throw new Error(address.problem.code);

    expect(spanOf(address.value, type).registers).toBe(registers);
  });
});
