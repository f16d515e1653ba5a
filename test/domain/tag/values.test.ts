import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ByteOrder } from "#domain/tag/address.ts";
import { toValueBytes, toWords } from "#domain/tag/byteOrder.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { formatValue, scaleValue } from "#domain/tag/format.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { TagType } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";

interface Recorded {
  readonly address: string;
  readonly type: TagType;
  readonly precision?: number;
  readonly scale?: number;
  readonly bias?: number;
  readonly words: string;
  readonly value: string;
}

const { values: recorded } = JSON.parse(
  readFileSync(new URL("../../vectors/neuron/values.json", import.meta.url), "utf8"),
) as { readonly values: readonly Recorded[] };

const values = recorded.map(({ words, ...rest }) => ({
  ...{ precision: 0, scale: 1, bias: 0, ...rest },
  words: words.split(" ").map((word) => Number.parseInt(word, 16)),
}));

function read(recorded: (typeof values)[number]) {
  const { type } = recorded;
  const address = parseAddress(recorded.address, type);
  if (!address.ok) throw new Error(`${recorded.address}: ${address.problem.code}`);
  const raw = decodeValue(recorded.words, address.value, type);
  return { span: spanOf(address.value, type), value: scaleValue(raw, recorded) };
}

describe("a value that the gateway was measured to read", () => {
  test.each(values)("is read the same here: $type at $address, $value", (recorded) => {
    const { span, value } = read(recorded);
    const { type, precision, value: printed } = recorded;

    expect(span.registers).toBe(recorded.words.length);
    if (type === "string") expect(JSON.stringify(value)).toBe(printed);
    // The gateway prints unsigned values from 2^63 on as negative ones.
    else if (typeof value === "bigint") expect(BigInt.asIntN(64, value)).toBe(BigInt(printed));
    else {
      const leeway = precision > 0 ? 0.5 / 10 ** precision : 5e-6 * Math.max(1, Math.abs(Number(printed)));
      expect(Math.abs(Number(value) - Number(printed))).toBeLessThanOrEqual(leeway);
      if (precision > 0 && Math.abs(Number(value)) < 1e15) expect(formatValue(value, recorded)).toBe(printed);
    }
  });

  test("covers all types but bytes, and all orders", () => {
    const seen = new Set(values.map(({ type }) => type));
    const orders = new Set(values.map(({ address }) => address.split("#")[1]).filter((order) => order));

    expect(seen.size).toBe(10);
    expect(orders).toEqual(new Set(["B", "LL", "LB", "BL", "BB", "L", "WS", "WR"]));
  });
});

describe("byte orders", () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

  test.each<readonly [ByteOrder | undefined, string]>([
    [undefined, "12345678"],
    ["LL", "12345678"],
    ["LB", "34127856"],
    ["BL", "56781234"],
    ["BB", "78563412"],
  ])("of two registers 1234 5678 with %s is %s", (order, expected) => {
    expect(hex(toValueBytes([0x1234, 0x5678], order))).toBe(expected);
  });

  test.each<readonly [ByteOrder | undefined, string]>([
    [undefined, "0102030405060708"],
    ["L", "0102030405060708"],
    ["B", "0807060504030201"],
    ["LL", "0102030405060708"],
    ["LB", "0201040306050807"],
    ["BL", "0708050603040102"],
    ["BB", "0807060504030201"],
    ["WS", "0304010207080506"],
    ["WR", "0506070801020304"],
  ])("of four registers 0102 … 0708 with %s is %s", (order, expected) => {
    expect(hex(toValueBytes([0x0102, 0x0304, 0x0506, 0x0708], order))).toBe(expected);
  });

  test("of one register are as it is, and exchanged", () => {
    expect(hex(toValueBytes([0x1234], "L"))).toBe("1234");
    expect(hex(toValueBytes([0x1234], "B"))).toBe("3412");
  });

  test("are undone by writing with the same order", () => {
    const words = [0x0102, 0x0304, 0x0506, 0x0708];

    for (const type of ["uint16", "uint32", "uint64"] as const) {
      for (const order of ordersOf(type)) {
        const some = words.slice(0, { uint16: 1, uint32: 2, uint64: 4 }[type]);
        expect(toWords(toValueBytes(some, order), order)).toEqual(some);
      }
    }
  });
});
