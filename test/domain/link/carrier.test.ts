import fc from "fast-check";
import { expect, test } from "vitest";
import { carrier } from "#domain/link/carrier.ts";
import { compressed, type LinkShape, nextTryMs, plainShape } from "#domain/link/linkShape.ts";
import { seeded } from "#simulator/lineNoise.ts";

const shapeOf = (up: Partial<LinkShape["up"]>): LinkShape => ({
  ...plainShape,
  up: { ...plainShape.up, ...up },
});
const numbers = (...given: number[]) => {
  let at = 0;
  return () => given[at++] ?? 0.999;
};

test("a plain link carries at once, in segments of 1460 bytes", () => {
  const carry = carrier(plainShape, "up", () => 0.5);

  expect(carry(3000, 10)).toEqual([
    { start: 0, end: 1460, atMs: 10, packets: 1 },
    { start: 1460, end: 2920, atMs: 10, packets: 1 },
    { start: 2920, end: 3000, atMs: 10, packets: 1 },
  ]);
});

test("a slow link sends one segment after another, headers counted", () => {
  const carry = carrier(shapeOf({ bytesPerSecond: 1000, delayMs: 50 }), "up", () => 0.5);

  expect(carry(60, 0)[0]?.atMs).toBe(150);
  expect(carry(60, 0)[0]?.atMs).toBe(250);
});

test("a lone segment that is lost twice comes after two time-outs, and what follows waits for it", () => {
  const carry = carrier(shapeOf({ loss: 0.5, delayMs: 10 }), "up", numbers(0.1, 0.1, 0.9, 0, 0.9));

  expect(carry(10, 0)).toEqual([{ start: 0, end: 10, atMs: 610, packets: 3 }]);
  expect(carry(10, 5)).toEqual([{ start: 0, end: 10, atMs: 610, packets: 1 }]);
});

test("a segment with three more behind it is sent again after one round trip", () => {
  const carry = carrier(shapeOf({ loss: 0.5, delayMs: 40 }), "up", numbers(0.1, 0.9, 0, 0.9, 0, 0.9, 0, 0.9));

  expect(carry(4 * 1460, 0).map(({ atMs }) => atMs)).toEqual([80, 80, 80, 80]);
});

test("whatever is lost, every byte comes once and in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 9000 }), waitMs: fc.nat(500) }), {
        maxLength: 30,
      }),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.integer(),
      (writes, loss, seed) => {
        let drawn = 0;
        const random = () => seeded(seed, drawn++);
        const carry = carrier(shapeOf({ loss, jitterMs: 20, bytesPerSecond: 5000 }), "up", random);
        let now = 0;
        let last = 0;
        for (const { bytes, waitMs } of writes) {
          now += waitMs;
          let next = 0;
          for (const piece of carry(bytes, now)) {
            expect(piece.start).toBe(next);
            expect(piece.atMs).toBeGreaterThanOrEqual(Math.max(last, now));
            [next, last] = [piece.end, piece.atMs];
          }
          expect(next).toBe(bytes);
        }
      },
    ),
  );
});

test("tries in vain double their pause up to the most", () => {
  expect([0, 150, 250, 700, 5000].map((elapsed) => nextTryMs(elapsed, 200, 1600))).toEqual([
    0, 200, 600, 1400, 6200,
  ]);
});

test("a compressed link has all its times shortened alike", () => {
  const shape = compressed({ ...shapeOf({ delayMs: 100, bytesPerSecond: 1000 }), natIdleMs: 60_000 }, 10);

  expect(shape).toMatchObject({
    natIdleMs: 6000,
    up: { delayMs: 10, bytesPerSecond: 10_000 },
    again: { leastMs: 20, mostMs: 12_000, openingMs: 100 },
  });
});
