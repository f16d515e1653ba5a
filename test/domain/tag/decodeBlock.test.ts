import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeValue } from "#domain/tag/decode.ts";
import { compileDecoder } from "#domain/tag/decodeBlock.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import { spanOf } from "#domain/tag/span.ts";
import { type TagType, tagTypes } from "#domain/tag/tag.ts";
import { isBitArea, ordersOf } from "#domain/tag/width.ts";
import { anyTyped } from "./anyTag.ts";

const factor = fc.constantFrom(1, 0.1, 10, -2.5);
const shift = fc.constantFrom(0, -40, 0.5);
const oneReply = fc.record({
  typed: fc.array(anyTyped, { minLength: 1, maxLength: 12 }),
  scale: factor,
  bias: shift,
  words: fc.array(fc.nat({ max: 0xffff }), { minLength: 80, maxLength: 80 }),
});

describe("a whole reply decoded at once", () => {
  test("gives every tag the value that it gets decoded alone", () => {
    fc.assert(
      fc.property(oneReply, ({ typed, scale, bias, words }) => {
        // All of them within one reply that begins at 1000.
        const tags = typed.map(({ type, address }, index) => {
          const { registers } = spanOf(address, type);
          return {
            type,
            scale,
            bias,
            address: { ...address, offset: 1000 + ((index * 7) % (80 - registers)) },
          };
        });
        const bits = words.map((word) => word & 1);
        const decoder = compileDecoder(tags);
        for (const [place, { address }] of tags.entries()) {
          decoder.decode(isBitArea(address.area) ? bits : words, 1000, [place]);
        }

        for (const [place, tag] of tags.entries()) {
          const start = tag.address.offset - 1000;
          const own = (isBitArea(tag.address.area) ? bits : words).slice(
            start,
            start + spanOf(tag.address, tag.type).registers,
          );
          const alone = scaleValue(decodeValue(own, tag.address, tag.type), tag);
          expect(decoder.value(place)).toEqual(alone);
          if (typeof alone === "number") expect(decoder.numbers[place]).toBe(alone);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("reads back what was encoded, for every number type in every order", () => {
    const values: Partial<Record<TagType, number | bigint>> = {
      int16: -12_345,
      uint16: 54_321,
      int32: -1_234_567_890,
      uint32: 3_456_789_012,
      int64: -1_234_567_890_123_456_789n,
      uint64: 18_234_567_890_123_456_789n,
      float: 229.00999450683594,
      double: -1.2345678901234567e300,
    };
    for (const type of tagTypes) {
      const value = values[type];
      if (value === undefined) continue;
      for (const order of [undefined, ...ordersOf(type)]) {
        const address = { unit: 1, area: "holding", offset: 7, ...(order && { order }) } as const;
        const words = encodeValue(value, address, type);
        if (!words.ok) throw new Error(words.problem.code);
        const decoder = compileDecoder([{ type, address, scale: 1, bias: 0 }]);
        decoder.decode([0xaaaa, ...words.value, 0x5555], 6, [0]);

        expect([type, order, decoder.value(0)]).toEqual([type, order, value]);
      }
    }
  });

  test("puts equal kinds together without losing a tag", () => {
    const types = ["float", "uint16", "string", "float", "uint16"] as const;
    const address = { unit: 1, area: "holding", offset: 0, length: 2 } as const;
    const decoder = compileDecoder(types.map((type) => ({ type, address, scale: 1, bias: 0 })));

    expect(decoder.arranged([0, 1, 2, 3, 4])).toEqual([2, 1, 4, 0, 3]);
  });
});
