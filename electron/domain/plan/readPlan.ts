import type { Area } from "../tag/address.ts";
import type { Span } from "../tag/span.ts";
import type { Words } from "../tag/tag.ts";
import { isBitArea } from "../tag/width.ts";
import { type Blocks, cheapestCuts } from "./cuts.ts";

/** One planned request: `spans` are places in the list that was planned. */
export interface Read {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  readonly count: number;
  readonly spans: readonly number[];
}

/** What a request costs: a fixed part and a part for each register or bit, in ms; and what it may carry at most. */
export interface ReadLimits {
  readonly maxRegisters: number;
  readonly maxBits: number;
  readonly perRequestMs: number;
  readonly perRegisterMs: number;
  readonly perBitMs: number;
}

/** A TCP link answers in about 2 ms whatever the length, so reading over gaps is always worth it. */
export const tcpLimits: ReadLimits = {
  maxRegisters: 125,
  maxBits: 2000,
  perRequestMs: 2,
  perRegisterMs: 0.001,
  perBitMs: 0.0001,
};

/**
 * Groups tag spans into the reads that cost least in all.
 *
 * Exact: no other set of requests within the limits costs less. A tag is never split; one that is longer than the
 * limit gets a read of its own length. 100,000 spans take some tens of milliseconds.
 * @param spans one per tag, any order; `registers` counts 16-bit words, or bits in bit areas
 * @returns reads ordered by unit, area and offset; every span is in exactly one read
 * @see MODBUS Application Protocol v1.1b3, 6.1–6.4
 */
export function planReads(spans: readonly Span[], limits: ReadLimits): readonly Read[] {
  const order = sortedPlaces(spans);
  const reads: Read[] = [];
  for (let start = 0; start < order.length; ) {
    const first = spans[order[start] as number] as Span;
    let end = start + 1;
    while (end < order.length && isSameArea(first, spans[order[end] as number] as Span)) end++;
    planArea(order.subarray(start, end), spans, limits, reads);
    start = end;
  }
  return reads;
}

/** The words of one span, cut out of the reply to its read. */
export function wordsOf(read: Read, reply: Words, span: Span): Words {
  const start = span.offset - read.offset;
  return reply.slice(start, start + span.registers);
}

const areaRank: Readonly<Record<Area, number>> = { coil: 0, discrete: 1, input: 2, holding: 3 };

const mostPlaces = 2 ** 26;

/** Places ordered by unit, area, offset and place: packed into one number each, they sort many times faster. */
function sortedPlaces(spans: readonly Span[]): Uint32Array {
  const keys = new Float64Array(spans.length);
  for (let index = 0; index < spans.length; index++) {
    const { unit, area, offset } = spans[index] as Span;
    keys[index] = ((unit * 4 + areaRank[area]) * 65_536 + offset) * mostPlaces + index;
  }
  keys.sort();
  const places = new Uint32Array(spans.length);
  for (let index = 0; index < places.length; index++) places[index] = (keys[index] as number) % mostPlaces;
  return places;
}

function isSameArea(a: Span, b: Span): boolean {
  return a.unit === b.unit && a.area === b.area;
}

function planArea(order: Uint32Array, spans: readonly Span[], limits: ReadLimits, reads: Read[]): void {
  const { unit, area } = spans[order[0] as number] as Span;
  const blocks = blocksOf(order, spans);
  const isBits = isBitArea(area);
  const cuts = cheapestCuts(blocks, {
    most: isBits ? limits.maxBits : limits.maxRegisters,
    fixed: limits.perRequestMs,
    each: isBits ? limits.perBitMs : limits.perRegisterMs,
  });
  for (let index = 0; index < cuts.length; index++) {
    const cut = cuts[index] as number;
    const next = cuts[index + 1];
    const offset = blocks.starts[cut] as number;
    const end = blocks.ends[(next ?? blocks.count) - 1] as number;
    const placesEnd = next === undefined ? order.length : (blocks.places[next] as number);
    const carried: number[] = [];
    for (let place = blocks.places[cut] as number; place < placesEnd; place++)
      carried.push(order[place] as number);
    reads.push({ unit, area, offset, count: end - offset, spans: carried });
  }
}

/**
 * Spans of one area, those inside another one taken as part of it: the read that carries the outer one carries them
 * too. Starts and ends of the blocks then both rise.
 */
function blocksOf(order: Uint32Array, spans: readonly Span[]): Blocks {
  const starts = new Uint32Array(order.length);
  const ends = new Uint32Array(order.length);
  const places = new Uint32Array(order.length);
  let count = 0;
  let lastStart = -1;
  let lastEnd = -1;
  for (let place = 0; place < order.length; place++) {
    const { offset: start, registers } = spans[order[place] as number] as Span;
    const end = start + registers;
    if (start === lastStart) {
      if (end > lastEnd) lastEnd = ends[count - 1] = end;
    } else if (end > lastEnd) {
      starts[count] = lastStart = start;
      ends[count] = lastEnd = end;
      places[count++] = place;
    }
  }
  return { count, starts, ends, places };
}
