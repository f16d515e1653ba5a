import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { silentIntervalMs } from "#domain/modbus/timing.ts";
import { ownTiming, requestsOf, roundCost, serialLimits } from "#domain/plan/busTime.ts";
import {
  type DeviceLimits,
  planReads,
  type Read,
  type ReadLimits,
  tcpLimits,
} from "#domain/plan/readPlan.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import type { Span } from "#domain/tag/span.ts";

const settings: SerialSettings = { baudRate: 9600, parity: "none", dataBits: 8, stopBits: 2 };
const small: ReadLimits = { maxRegisters: 8, maxBits: 12, perRequestMs: 3, perRegisterMs: 1, perBitMs: 0.5 };

function span(offset: number, registers = 1, more: Partial<Span> = {}): Span {
  return { unit: 1, area: "holding", offset, registers, ...more };
}

function isBits(area: Span["area"]): boolean {
  return area === "coil" || area === "discrete";
}

function costOf(reads: readonly Read[], limits: ReadLimits): number {
  return reads.reduce((sum, { area, count }) => {
    return sum + limits.perRequestMs + count * (isBits(area) ? limits.perBitMs : limits.perRegisterMs);
  }, 0);
}

/** The least cost over every way to share the spans out among requests, contiguous or not. */
function leastCost(
  spans: readonly Span[],
  limits: ReadLimits,
  devices?: ReadonlyMap<number, DeviceLimits>,
): number {
  let least = Number.POSITIVE_INFINITY;
  const share = (index: number, groups: readonly (readonly Span[])[]) => {
    const next = spans[index];
    if (next === undefined) {
      const reads = groups.map((group) => {
        const offset = Math.min(...group.map((one) => one.offset));
        const end = Math.max(...group.map((one) => one.offset + one.registers));
        return {
          unit: (group[0] as Span).unit,
          area: (group[0] as Span).area,
          offset,
          count: end - offset,
          spans: group.map(() => 0),
        };
      });
      const fits = reads.every((read, index) => {
        const { maxBits, maxRegisters } = { ...limits, ...devices?.get(read.unit) };
        const isShort = read.count <= (isBits(read.area) ? maxBits : maxRegisters);
        return (
          read.spans.length === 1 ||
          (isShort && crossesNothing(read, groups[index] as readonly Span[], devices?.get(read.unit)))
        );
      });
      if (fits) least = Math.min(least, costOf(reads, limits));
      return;
    }
    for (const [at, group] of groups.entries()) {
      const first = group[0] as Span;
      if (first.unit !== next.unit || first.area !== next.area) continue;
      share(index + 1, groups.with(at, [...group, next]));
    }
    share(index + 1, [...groups, [next]]);
  };
  share(0, []);
  return least;
}

/** Every place between the read's ends that no tag names is one that the device lets be read. */
function crossesNothing(read: Read, spans: readonly Span[], device: DeviceLimits | undefined): boolean {
  for (let place = read.offset; place < read.offset + read.count; place++) {
    if (spans.some(({ offset, registers }) => place >= offset && place < offset + registers)) continue;
    const isForbidden = device?.forbidden?.some(
      ({ area, from, to }) => area === read.area && place >= from && place <= to,
    );
    if (device?.gaps === false || isForbidden) return false;
  }
  return true;
}

const someSpan = fc.record({
  unit: fc.constantFrom(1, 1, 1, 2),
  area: fc.constantFrom("holding" as const, "holding" as const, "coil" as const),
  offset: fc.nat({ max: 30 }),
  registers: fc.constantFrom(1, 1, 2, 4, 7),
});

describe("a plan of reads", () => {
  test("costs as little as the cheapest of all possible plans", () => {
    const limits = fc.record({
      maxRegisters: fc.integer({ min: 7, max: 20 }),
      maxBits: fc.integer({ min: 7, max: 20 }),
      perRequestMs: fc.nat({ max: 12 }),
      perRegisterMs: fc.nat({ max: 3 }),
      perBitMs: fc.constantFrom(0.25, 1),
    });
    fc.assert(
      fc.property(fc.array(someSpan, { maxLength: 7 }), limits, (spans, some) => {
        expect(costOf(planReads(spans, some), some)).toBeCloseTo(leastCost(spans, some), 6);
      }),
      { numRuns: 1000 },
    );
  });

  test("costs no more either where devices take less, and forbid gaps or registers", () => {
    const device = fc.record(
      {
        maxRegisters: fc.integer({ min: 7, max: 12 }),
        maxBits: fc.integer({ min: 7, max: 12 }),
        gaps: fc.boolean(),
        forbidden: fc.array(
          fc
            .record({ from: fc.nat({ max: 30 }), long: fc.nat({ max: 3 }) })
            .map(({ from, long }) => ({ area: "holding" as const, from, to: from + long })),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    const limits = { maxRegisters: 20, maxBits: 20, perRequestMs: 8, perRegisterMs: 1, perBitMs: 0.5 };
    fc.assert(
      fc.property(fc.array(someSpan, { maxLength: 6 }), device, (spans, some) => {
        const devices = new Map([[1, some]]);
        const reads = planReads(spans, limits, devices);

        // The other way round a plan that breaks a rule would seem cheaper than the cheapest allowed.
        expect(costOf(reads, limits)).toBeCloseTo(leastCost(spans, limits, devices), 6);
      }),
      { numRuns: 1000 },
    );
  });

  test("has every span in exactly one read that covers it, within the limits and in order", () => {
    const many = fc.array(
      fc.record({
        unit: fc.integer({ min: 1, max: 3 }),
        area: fc.constantFrom("coil" as const, "discrete" as const, "input" as const, "holding" as const),
        offset: fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 65_300, max: 65_471 })),
        registers: fc.constantFrom(1, 2, 4, 64),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(many, (spans) => {
        const reads = planReads(spans, serialLimits(settings, 5));

        expect(reads.flatMap((read) => read.spans).sort((a, b) => a - b)).toEqual([...spans.keys()]);
        for (const read of reads) {
          expect(read.count).toBeLessThanOrEqual(isBits(read.area) ? 2000 : 125);
          for (const index of read.spans) {
            const { unit, area, offset, registers } = spans[index] as Span;
            expect({ unit, area }).toEqual({ unit: read.unit, area: read.area });
            expect(offset).toBeGreaterThanOrEqual(read.offset);
            expect(offset + registers).toBeLessThanOrEqual(read.offset + read.count);
          }
        }
        const rank = { coil: 0, discrete: 1, input: 2, holding: 3 };
        const places = reads.map((read) => (read.unit * 4 + rank[read.area]) * 65_536 + read.offset);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
      { numRuns: 150 },
    );
  });

  test("reads over a gap that costs less than another request, and not over a longer one", () => {
    expect(planReads([span(0), span(3)], small)).toEqual([
      { unit: 1, area: "holding", offset: 0, count: 4, spans: [0, 1] },
    ]);
    expect(planReads([span(0), span(5)], small)).toHaveLength(2);
  });

  test("takes 125 registers into one request and cuts at 126, never through a tag", () => {
    const registers = (count: number) => Array.from({ length: count }, (_, offset) => span(offset));

    expect(planReads(registers(125), tcpLimits)).toMatchObject([{ count: 125 }]);
    expect(planReads(registers(126), tcpLimits)).toHaveLength(2);
    expect(planReads([span(0, 124), span(124, 2)], tcpLimits)).toMatchObject([{ count: 124 }, { count: 2 }]);
    expect(
      planReads([span(0, 1, { area: "coil" }), span(1999, 1, { area: "coil" })], tcpLimits),
    ).toMatchObject([{ count: 2000 }]);
  });

  test("reads tags at one place, and tags inside another, once", () => {
    expect(planReads([span(4, 1), span(2, 6), span(4, 2), span(2, 6)], small)).toEqual([
      { unit: 1, area: "holding", offset: 2, count: 6, spans: [1, 3, 0, 2] },
    ]);
  });

  test("gives a tag that is longer than the limit a read of its own length", () => {
    expect(planReads([span(0, 20), span(21, 1)], small)).toMatchObject([{ count: 20 }, { count: 1 }]);
  });

  test("of nothing is nothing", () => {
    expect(planReads([], tcpLimits)).toEqual([]);
  });

  // The time of a plan must not grow with the square of the tags, nor with how many share a place.
  test.each<readonly [string, (index: number) => Span]>([
    [
      "spread over units",
      (index) => span((index * 7919) % 65_000, 1 + (index % 4), { unit: 1 + (index % 50) }),
    ],
    ["as bits of one area", (index) => span((index * 7919) % 65_000, 1, { area: "coil" })],
    ["at one place", () => span(5, 2)],
    ["nested in one another", (index) => span(index % 60, 125 - 2 * (index % 60))],
  ])("for 100,000 tags %s takes less than a second", (_, make) => {
    const spans = Array.from({ length: 100_000 }, (_, index) => make(index));

    const startedMs = performance.now();
    const reads = planReads(spans, serialLimits(settings, 5));

    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect(reads.reduce((sum, read) => sum + read.spans.length, 0)).toBe(100_000);
  });
});

describe("the cost of a serial line", () => {
  // 5 ms after the silence by which the unit notices the end of the request.
  const timing = ownTiming({ settings, waitsMs: new Map([[1, 5 + silentIntervalMs(settings)]]) });

  test("is what its reads keep the line busy, byte for byte", () => {
    const reads = [
      { unit: 1, area: "holding", offset: 0, count: 10, spans: [] },
      { unit: 1, area: "coil", offset: 0, count: 9, spans: [] },
    ] as const;
    const silence = (2 * 3.5 * 11 * 1000) / 9600;
    const frames = ((8 + 5 + 20 + 8 + 5 + 2) * 11 * 1000) / 9600;

    expect(roundCost(requestsOf(reads, true), timing).cycleMs).toBeCloseTo(frames + 2 * silence + 2 * 5, 6);
    expect(roundCost(requestsOf(reads, true), timing)).toMatchObject({
      reads: 2,
      bytes: 8 + 5 + 20 + 8 + 5 + 2,
    });
  });

  test("makes a gap of 12 registers worth reading at 9600 baud and 5 ms, and no more at 0 ms", () => {
    const reads = (gap: number, turnaroundMs: number) =>
      planReads([span(0), span(1 + gap)], serialLimits(settings, turnaroundMs)).length;

    expect([reads(12, 5), reads(13, 5)]).toEqual([1, 2]);
    expect([reads(9, 0), reads(12, 0)]).toEqual([1, 2]);
  });

  test("in the plan equals the time on the line, for registers", () => {
    const limits = serialLimits(settings, 5);
    const plan = planReads([span(0, 4), span(30, 2), span(33, 4)], limits);

    expect(roundCost(requestsOf(plan, true), timing).cycleMs).toBeCloseTo(costOf(plan, limits), 6);
  });
});
