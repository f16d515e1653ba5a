import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { TagType, Value, Words } from "#domain/tag/tag.ts";
import { anyPlace } from "./anyTag.ts";

interface Vectors {
  readonly cases: readonly {
    readonly address: string;
    readonly type: TagType;
    /** hex */
    readonly words: readonly string[];
    readonly value: number | string | readonly number[];
  }[];
}

function addressOf(text: string, type: TagType): Address {
  const address = parseAddress(text, type);
  if (!address.ok) throw new Error(address.problem.code);
  return address.value;
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../vectors/tag/byteOrders.json", import.meta.url), "utf8"),
);

const measured = vectors.cases.map((row) => ({
  ...row,
  words: row.words.map((word) => Number.parseInt(word, 16)) as Words,
}));

describe("decoding", () => {
  test.each(measured)(
    "gives what the gateway was measured to give: $address as $type",
    ({ address, type, words, value }) => {
      const decoded = decodeValue(words, addressOf(address, type), type);

      if (typeof decoded === "number" && typeof value === "number") {
        expect(decoded).toBeCloseTo(
          value,
          Math.abs(value) < 1e6 ? 3 : -Math.floor(Math.log10(Math.abs(value))) + 5,
        );
      } else expect(typeof decoded === "bigint" ? decoded.toString() : decoded).toEqual(value);
    },
  );

  test("keeps large unsigned integers unsigned, unlike the gateway", () => {
    const address = addressOf("1!400037", "uint64");

    expect(decodeValue([0xffff, 0xffff, 0xffff, 0xffff], address, "uint64")).toBe(2n ** 64n - 1n);
  });

  test("takes bit 0 for the least significant", () => {
    const bits = Array.from({ length: 16 }, (_, bit) =>
      decodeValue([0x8001], addressOf(`1!400015.${bit}`, "bit"), "bit"),
    );

    expect(bits).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test("ends a string at its first NUL", () => {
    expect(decodeValue([0x4142, 0x0043], addressOf("1!400001.4H", "string"), "string")).toBe("AB");
  });
});

describe("encoding", () => {
  test("is undone by decoding, for any words of any type", () => {
    const anyWords = anyPlace.chain(({ address, type }) => {
      const { registers } = spanOf(address, type);
      const most = address.area === "coil" || address.area === "discrete" ? 1 : 0xffff;
      const word = fc.integer({ min: 0, max: most });
      return fc
        .array(word, { minLength: registers, maxLength: registers })
        .map((words) => ({ address, type, words }));
    });

    fc.assert(
      fc.property(anyWords, ({ address, type, words }) => {
        const value = decodeValue(words, address, type);
        // NaN has many bit patterns; text loses what follows its NUL; a register's bit cannot be written.
        fc.pre(!Number.isNaN(value) && type !== "string" && address.bit === undefined);

        expect(encodeValue(value, address, type)).toEqual({ ok: true, value: words });
      }),
    );
  });

  test("carries text through, in either order", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 30 }),
        fc.constantFrom<"H" | "L">("H", "L"),
        (text, stringOrder) => {
          fc.pre(!text.includes("\0"));
          const address: Address = { unit: 1, area: "holding", offset: 0, length: 127, stringOrder };
          const words = encodeValue(text, address, "string");
          fc.pre(words.ok);

          expect(words.ok && decodeValue(words.value, address, "string")).toBe(text);
        },
      ),
    );
  });

  test.each<[Value, TagType, string]>([
    [65_536, "uint16", "1!400001"],
    [-1, "uint16", "1!400001"],
    [32_768, "int16", "1!400001"],
    [1.5, "int16", "1!400001"],
    [Number.NaN, "int32", "1!400001"],
    [2n ** 64n, "uint64", "1!400001"],
    [-(2n ** 63n) - 1n, "int64", "1!400001"],
    [1e39, "float", "1!400001"],
    ["5", "int16", "1!400001"],
    [2, "bit", "1!000001"],
    [1, "bit", "1!400001.3"],
    ["HELLO", "string", "1!400001.4H"],
    ["温度", "string", "1!400001.5H"],
    ["a\0b", "string", "1!400001.8H"],
    ["\ud800", "string", "1!400001.8H"],
    [[1, 2, 3], "bytes", "1!400001.4"],
    [[1, 2, 3, 256], "bytes", "1!400001.4"],
  ])("refuses what would be cut or wrapped: %o as %s", (value, type, text) => {
    expect(encodeValue(value, addressOf(text, type), type)).toMatchObject({
      problem: { code: "value.unfit" },
    });
  });
});
