import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReadReply, readRequest } from "#domain/modbus/pdu.ts";
import { repliesAlike, replyFits } from "#domain/modbus/replyFits.ts";
import { readsWithin, trimmedReply, widenedRead } from "#domain/modbus/wording.ts";

const registerReads = fc.record({
  area: fc.constantFrom("holding" as const, "input" as const),
  offset: fc.integer({ min: 0, max: 60_000 }),
  count: fc.integer({ min: 1, max: 118 }),
});
const bitReads = fc.record({
  area: fc.constantFrom("coil" as const, "discrete" as const),
  offset: fc.integer({ min: 0, max: 60_000 }),
  count: fc.integer({ min: 1, max: 1900 }),
});
const reads = fc.oneof(registerReads, bitReads);
const more = fc.integer({ min: 1, max: 7 });

/** What a unit answers whose places hold their own number, or whether it is odd. */
function answerTo(request: Uint8Array): Uint8Array {
  const [code = 0, high = 0, low = 0, countHigh = 0, countLow = 0] = request;
  const offset = high * 256 + low;
  const count = countHigh * 256 + countLow;
  const places = Array.from({ length: count }, (_, index) => offset + index);
  if (code > 2)
    return Uint8Array.of(code, count * 2, ...places.flatMap((place) => [place >> 8, place & 0xff]));
  const bytes = new Uint8Array(Math.ceil(count / 8));
  for (const [index, place] of places.entries())
    bytes[index >> 3] = (bytes[index >> 3] ?? 0) | ((place % 2) << (index & 7));
  return Uint8Array.of(code, bytes.length, ...bytes);
}

describe("a widened read", () => {
  test("has a reply that fits neither the plain one nor one widened otherwise", () => {
    fc.assert(
      fc.property(reads, more, more, ({ area, offset, count }, some, others) => {
        const plain = readRequest(area, offset, count);
        const wide = widenedRead(plain, some) ?? plain;
        const wider = widenedRead(plain, others) ?? plain;

        expect(repliesAlike(plain, wide)).toBe(false);
        expect(replyFits(plain, answerTo(wide))).toBe(false);
        expect(repliesAlike(wide, wider)).toBe(some === others);
      }),
    );
  });

  test("trimmed is the reply to the plain one, bit for bit", () => {
    fc.assert(
      fc.property(reads, more, ({ area, offset, count }, some) => {
        const plain = readRequest(area, offset, count);
        const wide = widenedRead(plain, some) ?? plain;

        const trimmed = trimmedReply(plain, answerTo(wide));

        expect([...trimmed]).toEqual([...answerTo(plain)]);
        expect(parseReadReply(trimmed, area, count)).toHaveLength(count);
      }),
    );
  });

  test("is none beyond what one request may carry or the address space holds", () => {
    expect(widenedRead(readRequest("holding", 0, 125), 1)).toBeUndefined();
    expect(widenedRead(readRequest("coil", 0, 2000), 1)).toBeUndefined();
    expect(widenedRead(readRequest("input", 65_535, 1), 1)).toBeUndefined();
    expect(widenedRead(Uint8Array.of(6, 0, 1, 0, 1), 1)).toBeUndefined();
  });
});

test("reads within a request stay in its place and have other replies", () => {
  expect(readsWithin(readRequest("holding", 7, 3)).map((read) => [...read])).toEqual([
    [3, 0, 7, 0, 1],
    [3, 0, 7, 0, 2],
  ]);
  expect(readsWithin(readRequest("coil", 7, 8))).toEqual([]);
  expect(readsWithin(readRequest("coil", 7, 20)).map((read) => read[4])).toEqual([1, 9]);
  expect(readsWithin(Uint8Array.of(16, 0, 7, 0, 2, 4, 0, 1, 0, 2)).map((read) => [...read])).toEqual([
    [3, 0, 7, 0, 1],
    [3, 0, 7, 0, 2],
  ]);
  expect(readsWithin(Uint8Array.of(43, 14, 1, 0))).toEqual([]);
});
