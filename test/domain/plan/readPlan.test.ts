import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { busTime, serialLimits } from "#domain/plan/busTime.ts";
import { planReads, type Read, type ReadLimits, tcpLimits, wordsOf } from "#domain/plan/readPlan.ts";
import type { Area } from "#domain/tag/address.ts";
import type { Span } from "#domain/tag/span.ts";

const limits: ReadLimits = { maxRegisters: 8, maxBits: 16, perRequestMs: 5, perRegisterMs: 1, perBitMs: 0.5 };

const anySpan: fc.Arbitrary<Span> = fc.record({
  unit: fc.constantFrom(1, 2),
  area: fc.constantFrom<Area>("holding", "coil"),
  offset: fc.integer({ min: 0, max: 24 }),
  registers: fc.constantFrom(1, 2, 4),
});

function cost(reads: readonly Pick<Read, "area" | "count">[]): number {
  return reads.reduce((sum, { area, count }) => {
    return sum + limits.perRequestMs + count * (area === "coil" ? limits.perBitMs : limits.perRegisterMs);
  }, 0);
}

/** The least cost over every way to part the spans into requests, neighbours or not. */
function leastCost(spans: readonly Span[]): number {
  const [first, ...rest] = spans;
  if (first === undefined) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let chosen = 0; chosen < 1 << rest.length; chosen++) {
    const together = [first, ...rest.filter((_, i) => chosen & (1 << i))];
    if (together.some(({ unit, area }) => unit !== first.unit || area !== first.area)) continue;
    const start = Math.min(...together.map(({ offset }) => offset));
    const count = Math.max(...together.map(({ offset, registers }) => offset + registers)) - start;
    if (count > (first.area === "coil" ? limits.maxBits : limits.maxRegisters)) continue;
    const others = rest.filter((_, i) => !(chosen & (1 << i)));
    least = Math.min(least, cost([{ area: first.area, count }]) + leastCost(others));
  }
  return least;
}

describe("a plan", () => {
  test("costs no more than the best of all plans there are", () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 6 }), (spans) => {
        expect(cost(planReads(spans, limits))).toBeCloseTo(leastCost(spans), 9);
      }),
    );
  });

  test("holds every span whole, in exactly one read, within the limits", () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 40 }), (spans) => {
        const reads = planReads(spans, limits);

        expect(reads.flatMap((read) => read.spans).sort((a, b) => a - b)).toEqual([...spans.keys()]);
        for (const read of reads) {
          expect(read.count).toBeLessThanOrEqual(read.area === "coil" ? limits.maxBits : limits.maxRegisters);
          for (const index of read.spans) {
            const span = spans[index] as Span;
            expect([span.unit, span.area]).toEqual([read.unit, read.area]);
            expect(span.offset).toBeGreaterThanOrEqual(read.offset);
            expect(span.offset + span.registers).toBeLessThanOrEqual(read.offset + read.count);
          }
        }
      }),
    );
  });

  test("gives each span its own words out of the reply", () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 20 }), (spans) => {
        for (const read of planReads(spans, limits)) {
          const reply = Array.from({ length: read.count }, (_, i) => read.offset + i);
          for (const index of read.spans) {
            const span = spans[index] as Span;
            const own = Array.from({ length: span.registers }, (_, i) => span.offset + i);
            expect(wordsOf(read, reply, span)).toEqual(own);
          }
        }
      }),
    );
  });

  test("reads over a gap while that costs less than a request", () => {
    const pair = (gap: number): readonly Span[] =>
      [0, gap + 1].map((offset) => ({ unit: 1, area: "holding", offset, registers: 1 }));
    const line = serialLimits({ baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 }, 5);

    // 13 characters, two silences and 5 ms of turnaround weigh as much as 12 registers and a part of one.
    expect(planReads(pair(12), line)).toHaveLength(1);
    expect(planReads(pair(13), line)).toHaveLength(2);
    expect(planReads(pair(120), tcpLimits)).toHaveLength(1);
  });

  test("asks for 125 registers, not fewer, where there are as many", () => {
    const spans = Array.from({ length: 250 }, (_, offset) => ({
      unit: 1,
      area: "input" as const,
      offset,
      registers: 1,
    }));

    expect(planReads(spans, tcpLimits).map(({ count }) => count)).toEqual([125, 125]);
  });

  test("is made for a great many tags, even all on one register", () => {
    const same = Array.from({ length: 200_000 }, () => ({
      unit: 1,
      area: "holding" as const,
      offset: 7,
      registers: 1,
    }));

    expect(planReads(same, tcpLimits).map(({ count, spans }) => [count, spans.length])).toEqual([
      [1, 200_000],
    ]);
  });
});

test("the bus time of a plan is the sum of its exchanges", () => {
  const settings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 } as const;
  const read: Read = { unit: 1, area: "holding", offset: 0, count: 125, spans: [] };
  const bits: Read = { unit: 1, area: "coil", offset: 0, count: 2000, spans: [] };

  expect(1000 / busTime([read], settings, 0)).toBeCloseTo(3.232, 2);
  expect(busTime([read, bits], settings, 10)).toBeCloseTo(2 * busTime([read], settings, 10), 6);
});
