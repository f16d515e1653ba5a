import type { Area } from "../tag/address.ts";
import type { Span } from "../tag/span.ts";
import type { Words } from "../tag/tag.ts";
import { isBitArea } from "../tag/width.ts";
import { type Block, cheapestCuts } from "./cuts.ts";

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
    for (const read of planArea(order.slice(start, end), spans, limits)) reads.push(read);
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
  for (const [index, { unit, area, offset }] of spans.entries()) {
    keys[index] = ((unit * 4 + areaRank[area]) * 65_536 + offset) * mostPlaces + index;
  }
  return Uint32Array.from(keys.sort(), (key) => key % mostPlaces);
}

function isSameArea(a: Span, b: Span): boolean {
  return a.unit === b.unit && a.area === b.area;
}

function planArea(order: Uint32Array, spans: readonly Span[], limits: ReadLimits): readonly Read[] {
  const { unit, area } = spans[order[0] as number] as Span;
  const blocks = blocksOf(order, spans);
  const isBits = isBitArea(area);
  const cuts = cheapestCuts(blocks, {
    most: isBits ? limits.maxBits : limits.maxRegisters,
    fixed: limits.perRequestMs,
    each: isBits ? limits.perBitMs : limits.perRegisterMs,
  });
  return cuts.map((cut, index) => {
    const first = blocks[cut] as Block;
    const next = cuts[index + 1];
    const last = blocks[(next ?? blocks.length) - 1] as Block;
    const placesEnd = next === undefined ? order.length : (blocks[next] as Block).place;
    const { start: offset } = first;
    return { unit, area, offset, count: last.end - offset, spans: [...order.slice(first.place, placesEnd)] };
  });
}

/**
 * Spans of one area, those inside another one taken as part of it: the read that carries the outer one carries them
 * too. Starts and ends of the blocks then both rise.
 */
function blocksOf(order: Uint32Array, spans: readonly Span[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const [place, index] of order.entries()) {
    const { offset: start, registers } = spans[index] as Span;
    const end = start + registers;
    const last = blocks.at(-1);
    if (last?.start === start) blocks[blocks.length - 1] = { ...last, end: Math.max(last.end, end) };
    else if (!last || end > last.end) blocks.push({ start, end, place });
  }
  return blocks;
}
