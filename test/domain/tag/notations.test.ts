import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlaceContext } from "#domain/tag/addressPlace.ts";
import { notations, printPlace } from "#domain/tag/printAddress.ts";
import { type AddressContext, readPrintedAddress } from "#domain/tag/printedAddress.ts";
import { anyTyped, type Typed } from "./anyTag.ts";

/** What the other columns of a table would say of an address: everything but its place. */
function beside({ type, address }: Typed, over: Partial<PlaceContext>): AddressContext {
  const { unit, area, order, stringOrder, length, bit } = address;
  return {
    ...{ type, unit, area, bit, length, isHex: false, hasAreaX: false, base: undefined, numbers: undefined },
    order: { ...(order && { order }), ...(stringOrder && { stringOrder }) },
    ...over,
  };
}

const base = fc.constantFrom(0 as const, 1 as const);

describe("an address in any notation", () => {
  test("is the same address after printing and reading, 10,000 times", () => {
    let printed = 0;
    fc.assert(
      fc.property(anyTyped, fc.constantFrom(...notations), base, (typed, notation, counted) => {
        const text = printPlace(typed.address, notation, counted);
        if (text === undefined) return;
        printed += 1;
        const numbers =
          notation === "plain" || notation === "hex"
            ? "plain"
            : notation === "five" || notation === "six"
              ? "digit"
              : undefined;
        const own = notation === "neuron" ? 1 : counted;
        const context = beside(typed, { base: own, numbers, hasAreaX: notation === "areaX" });

        expect(readPrintedAddress(text, context)).toMatchObject({
          ok: true,
          value: { address: typed.address },
        });
      }),
      { numRuns: 12_000 },
    );
    expect(printed).toBeGreaterThan(10_000);
  });

  test("that names its area is the same without a column for the area", () => {
    fc.assert(
      fc.property(anyTyped, fc.constantFrom("six", "areaX", "short", "iec"), (typed, notation) => {
        const text = printPlace(typed.address, notation, 1) ?? "";
        const context = beside(typed, { area: undefined, hasAreaX: true });

        expect(readPrintedAddress(text, context)).toMatchObject({
          ok: true,
          value: { address: typed.address, manual: text },
        });
      }),
      { numRuns: 2_000 },
    );
  });
});

const uint16: Typed = { type: "uint16", address: { unit: 7, area: "holding", offset: 0 } };

function read(text: string, over: Partial<AddressContext> = {}) {
  const known = { ...beside(uint16, { area: undefined }), ...over };
  const { ok, ...result } = readPrintedAddress(text, known);
  if (!ok) return (result as { problem: unknown }).problem;
  const { value } = result as { value: { address: { unit: number; area: string; offset: number } } };
  return `${value.address.unit} ${value.address.area} ${value.address.offset}`;
}

describe("printed addresses", () => {
  test.each([
    ["40001", "7 holding 0"],
    ["400001", "7 holding 0"],
    ["40,001", "7 holding 0"],
    ["40 001", "7 holding 0"],
    ["４０００１", "7 holding 0"],
    ["30010", "7 input 9"],
    ["465536", "7 holding 65535"],
    ["4x0001", "7 holding 0"],
    ["3X00012", "7 input 11"],
    ["hr:0", "7 holding 0"],
    ["HR0", "7 holding 0"],
    ["IR[12]", "7 input 12"],
    ["%MW10", "7 holding 10"],
    ["%IW3", "7 input 3"],
    ["3!400001", "3 holding 0"],
  ])("%s is %s", (text, place) => {
    expect(read(text)).toBe(place);
  });

  test.each([
    ["0x10", "7 holding 16"],
    ["10h", "7 holding 16"],
    ["0FFh", "7 holding 255"],
    ["&H10", "7 holding 16"],
    ["100", "7 holding 100"],
  ])("%s beside holding and counted from 0 is %s", (text, place) => {
    expect(read(text, { area: "holding", base: 0 })).toBe(place);
  });

  test("counted from 0, 40000 is the first holding register", () => {
    expect(read("40000", { base: 0 })).toBe("7 holding 0");
    expect(read("40000")).toMatchObject({ code: "address.registerOutOfRange" });
  });

  test.each([
    ["100", {}, { code: "table.choiceMissing", what: "area" }],
    ["100", { area: "holding" }, { code: "table.choiceMissing", what: "base" }],
    ["0x10", { area: "holding" }, { code: "table.choiceMissing", what: "base" }],
    ["40001", { unit: undefined }, { code: "table.choiceMissing", what: "unit" }],
    ["40001", { area: "input" }, { code: "address.ambiguous", printed: 0, plain: 40_001 }],
    ["40001", { area: "holding", numbers: "mixed" }, { code: "address.ambiguous" }],
    ["%MD10", {}, { code: "address.malformed" }],
    ["%QX0.1", {}, { code: "address.malformed" }],
    ["500001", {}, { code: "table.choiceMissing", what: "area" }],
    ["70000", { area: "holding", base: 0, numbers: "plain" }, { code: "address.registerOutOfRange" }],
    ["40001xyz", {}, { code: "address.malformed" }],
    ["40001-40002", {}, { code: "address.rangeUnfit", registers: 2, needs: 1 }],
    ["40001-40002", { type: "float", order: {} }, "7 holding 0"],
    ["40001 ~ 40004", { type: "double", order: {} }, "7 holding 0"],
    ["40002-40001", { type: "float", order: {} }, { code: "address.malformed" }],
    ["40001-2", { type: "float", order: {} }, { code: "address.malformed" }],
    ["00001", { type: "float", order: {} }, { code: "address.typeUnfit" }],
    ["40001.16", { type: "bit", order: {} }, { code: "address.malformed" }],
    ["300!400001", {}, { code: "address.unitOutOfRange" }],
    ["40001", { unit: 0 }, { code: "unit.broadcast" }],
    ["40001", { unit: 300 }, { code: "address.unitOutOfRange" }],
  ] as const)("%s with %o gives %o and never another tag", (text, over, expected) => {
    if (typeof expected === "string") expect(read(text, over as never)).toBe(expected);
    else expect(read(text, over as never)).toMatchObject(expected);
  });
});
