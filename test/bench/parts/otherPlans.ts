import type { ReadLimits } from "#domain/plan/readPlan.ts";
import type { Span } from "#domain/tag/span.ts";

/** A request of some plan: `size` registers of one unit. */
export interface Block {
  readonly unit: number;
  start: number;
  end: number;
  readonly places: number[];
}

export function costOf(sizes: Iterable<number>, { perRequestMs, perRegisterMs }: ReadLimits): number {
  let cost = 0;
  for (const size of sizes) cost += perRequestMs + perRegisterMs * size;
  return cost;
}

/** What one writes first: sort the objects, and read on over gaps that are cheaper than a request. */
export function planGreedily(spans: readonly Span[], limits: ReadLimits): readonly Block[] {
  const worthwhileGap = limits.perRequestMs / limits.perRegisterMs;
  const blocks: Block[] = [];
  let last: Block | undefined;
  for (const { unit, offset, registers, place } of sorted(spans)) {
    const end = offset + registers;
    const fits =
      last !== undefined &&
      last.unit === unit &&
      offset - last.end <= worthwhileGap &&
      Math.max(end, last.end) - last.start <= limits.maxRegisters;
    if (last === undefined || !fits) {
      last = { unit, start: offset, end, places: [place] };
      blocks.push(last);
    } else {
      last.end = Math.max(last.end, end);
      last.places.push(place);
    }
  }
  return blocks;
}

/** The least cost over all ways to divide a handful of spans of one unit among requests, tried one by one. */
export function leastCost(spans: readonly Span[], limits: ReadLimits): number {
  let least = Number.POSITIVE_INFINITY;
  const blocks: { start: number; end: number }[] = [];
  const place = (index: number): void => {
    const span = spans[index];
    if (span === undefined) {
      const sizes = blocks.map(({ start, end }) => end - start);
      least = Math.min(least, costOf(sizes, limits));
      return;
    }
    const end = span.offset + span.registers;
    for (const block of [...blocks]) {
      const before = { ...block };
      block.start = Math.min(block.start, span.offset);
      block.end = Math.max(block.end, end);
      if (block.end - block.start <= limits.maxRegisters) place(index + 1);
      Object.assign(block, before);
    }
    blocks.push({ start: span.offset, end });
    place(index + 1);
    blocks.pop();
  };
  place(0);
  return least;
}

interface Placed {
  readonly unit: number;
  readonly offset: number;
  readonly registers: number;
  readonly place: number;
}

function sorted(spans: readonly Span[]): readonly Placed[] {
  const placed = spans.map(({ unit, offset, registers }, place) => ({ unit, offset, registers, place }));
  return placed.sort((a, b) => a.unit - b.unit || a.offset - b.offset || a.registers - b.registers);
}
