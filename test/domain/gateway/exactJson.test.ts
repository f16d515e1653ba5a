import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExactJson, printExactJson } from "#domain/gateway/exactJson.ts";

function read(text: string): unknown {
  const json = parseExactJson(text);
  if (!json.ok) throw new Error(JSON.stringify(json.problem));
  return json.value;
}

describe("exact JSON", () => {
  test("reads what JSON.parse reads wherever numbers are small", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/\d{16}/.test(text));
        expect(read(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9007199254740993", -9007199254740993n],
    ["18446744073709551615", 18446744073709551615n],
    ["72623859790382856", 72623859790382856n],
    ["0.0", 0],
    ["123.456", 123.456],
    ["1e3", 1000],
    ["151849983732479886227272230303170560.000", Number("151849983732479886227272230303170560")],
  ])("reads %s to the last digit", (text, value) => {
    expect(read(text)).toBe(value);
  });

  test("prints every 64-bit integer as the text it came from", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
        expect(printExactJson(read(`[${value}]`))).toBe(`[${value}]`);
      }),
    );
  });

  test("prints like JSON.stringify, compact and indented", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(printExactJson(value, indent)).toBe(JSON.stringify(value, null, indent));
      }),
    );
  });

  test("takes a member named __proto__ for a member", () => {
    expect(Object.keys(read('{"__proto__":{"a":1}}') as object)).toEqual(["__proto__"]);
    expect((read('{"__proto__":{"a":1}}') as { a?: unknown }).a).toBeUndefined();
  });

  test("refuses what JSON.parse refuses and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), brokenJson()), (text) => {
        // Too large for a double: JSON.parse makes infinity of it.
        fc.pre(!/e\+?\d{3}/i.test(text));
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(parseExactJson(text).ok).toBe(valid);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["[".repeat(100_000), "1e999", "[1,]", '{"a":1', '"\n"', "01", "", " ", "nul"])(
    "refuses %.20s as a value, with the place",
    (text) => {
      expect(parseExactJson(text)).toMatchObject({ ok: false, problem: { code: "file.notJson" } });
    },
  );
});

/** JSON with one character taken out or doubled. */
function brokenJson(): fc.Arbitrary<string> {
  return fc.tuple(fc.json(), fc.nat(), fc.boolean()).map(([text, at, doubled]) => {
    const place = at % text.length;
    return text.slice(0, place) + (doubled ? text.charAt(place).repeat(2) : "") + text.slice(place + 1);
  });
}
