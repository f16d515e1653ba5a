import { describe, expect, test } from "vitest";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { damageBins, judgeBadFrame } from "#domain/quality/badFrame.ts";

const registers = 125;
const expected = { unit: 17, called: 3, registers };
const data = Array.from({ length: 2 * registers }, (_, index) => (index * 37) & 0xff);
const whole = rtuFrame(17, Uint8Array.of(3, 2 * registers, ...data));

function withBit(byte: number, bit: number): Uint8Array {
  return whole.map((value, index) => (index === byte ? value ^ (1 << bit) : value));
}

describe("a damaged answer", () => {
  test("tells by its checksum which one bit of it was turned, for every bit of the longest answer", () => {
    for (let byte = 0; byte < whole.length; byte++) {
      for (let bit = 0; bit < 8; bit++) {
        const place = byte < 3 ? "first" : byte < whole.length - 2 ? "middle" : "last";
        // A reply whose function has the highest bit turned reads as an exception of a wrong length.
        if (byte === 1 && bit === 7) continue;
        expect([byte, bit, judgeBadFrame(withBit(byte, bit), expected).place]).toEqual([byte, bit, place]);
      }
    }
  });

  test("is clipped where only its first byte is wrong or missing", () => {
    expect(judgeBadFrame(withBit(0, 3), expected)).toMatchObject({ clipped: true, place: "first" });
    expect(judgeBadFrame(whole.slice(1), expected)).toMatchObject({ clipped: true, place: "first" });
    expect(judgeBadFrame(withBit(1, 0), expected)).toMatchObject({ clipped: false, place: "first" });
    expect(judgeBadFrame(withBit(9, 0), expected)).toMatchObject({ clipped: false });
  });

  test("that stops half way lacks its end", () => {
    expect(judgeBadFrame(whole.slice(0, 100), expected)).toEqual({
      length: "short",
      place: "last",
      at: 100 / 254,
      clipped: false,
      headed: true,
    });
  });

  test("is counted by where in the frame it is damaged", () => {
    const frames = [withBit(0, 3), withBit(1, 0), withBit(128, 5), withBit(254, 1), whole.slice(0, 100)];

    const bins = damageBins(frames.map((bytes) => judgeBadFrame(bytes, expected)));

    expect(bins).toEqual([2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  test("is long where two answers run into each other, and its place is not told", () => {
    const both = Uint8Array.from([...whole, ...whole]);

    expect(judgeBadFrame(both, expected)).toMatchObject({ length: "long", place: undefined });
  });

  test("that resembles no answer has no head and no place", () => {
    const garbage = whole.map((byte) => byte ^ 0xa5);

    expect(judgeBadFrame(garbage, expected)).toMatchObject({ headed: false, place: undefined });
    expect(judgeBadFrame(new Uint8Array(0), expected)).toMatchObject({ headed: false, length: "short" });
  });

  test("may be a damaged exception, which has five bytes", () => {
    const refusal = rtuFrame(17, Uint8Array.of(0x83, 6));
    const damaged = refusal.map((byte, index) => (index === 4 ? byte ^ 1 : byte));

    expect(judgeBadFrame(damaged, expected)).toMatchObject({ length: "right", place: "last" });
  });
});
