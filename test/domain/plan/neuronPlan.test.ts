import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planAsNeuron } from "#domain/plan/neuronPlan.ts";
import type { Read } from "#domain/plan/readPlan.ts";
import type { Area } from "#domain/tag/address.ts";
import type { Span } from "#domain/tag/span.ts";

function span(offset: number, registers = 1, area: Area = "holding"): Span {
  return { unit: 1, area, offset, registers };
}

const run = (count: number, area?: Area) =>
  Array.from({ length: count }, (_, offset) => span(offset, 1, area));
const sizes = (reads: readonly Read[]) => reads.map(({ offset, count }) => [offset, count]);

/** The same written as Neuron has it: every tag asks every earlier block, in the order in which they were begun. */
function firstFit(spans: readonly Span[]): readonly (readonly number[])[] {
  const areas = ["coil", "discrete", "input", "holding"];
  const sorted = spans
    .map((one, place) => ({ ...one, place, rank: areas.indexOf(one.area) }))
    .sort((a, b) => a.unit - b.unit || a.rank - b.rank || a.offset - b.offset || a.registers - b.registers);
  const blocks: { unit: number; rank: number; start: number; end: number }[] = [];
  for (const { unit, rank, offset, registers } of sorted) {
    const block = blocks.find((one) => {
      if (one.unit !== unit || one.rank !== rank || offset > one.end) return false;
      const size = one.end - one.start;
      return rank < 2 ? Math.floor(size / 8) < 249 : (size + registers) * 2 < 250;
    });
    if (block) block.end = Math.max(block.end, offset + registers);
    else blocks.push({ unit, rank, start: offset, end: offset + registers });
  }
  return blocks.map(({ unit, rank, start, end }) => [unit, rank, start, end]);
}

describe("the requests of the gateway", () => {
  test("are those of its own rule, for any tags", () => {
    const some = fc.record({
      unit: fc.constantFrom(1, 2),
      area: fc.constantFrom<Area>("holding", "holding", "input", "coil"),
      offset: fc.nat({ max: 400 }),
      registers: fc.constantFrom(1, 1, 2, 4, 30, 64),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 60 }), (any) => {
        const spans = any.map((one) => (one.area === "coil" ? { ...one, registers: 1 } : one));
        const reads = planAsNeuron(spans);

        const areas = ["coil", "discrete", "input", "holding"];
        expect(
          reads.map(({ unit, area, offset, count }) => [unit, areas.indexOf(area), offset, offset + count]),
        ).toEqual(firstFit(spans));
        expect(reads.flatMap((read) => read.spans).sort((a, b) => a - b)).toEqual([...spans.keys()]);
      }),
      { numRuns: 500 },
    );
  });

  test("hold 124 registers, and 1992 bits", () => {
    expect(sizes(planAsNeuron(run(125)))).toEqual([
      [0, 124],
      [124, 1],
    ]);
    expect(sizes(planAsNeuron(run(2000, "coil")))).toEqual([
      [0, 1992],
      [1992, 8],
    ]);
  });

  test("never read over a gap, and count a tag inside another once more", () => {
    expect(sizes(planAsNeuron([span(0), span(2)]))).toEqual([
      [0, 1],
      [2, 1],
    ]);
    // 100 registers are there, 30 more inside them would make 130.
    expect(sizes(planAsNeuron([span(0, 64), span(64, 36), span(70, 30)]))).toEqual([
      [0, 100],
      [70, 30],
    ]);
  });
});
