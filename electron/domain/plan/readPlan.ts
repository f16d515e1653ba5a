import type { Area } from "../tag/address.ts";
import type { Span } from "../tag/span.ts";
import type { Words } from "../tag/tag.ts";
import { isBitArea } from "../tag/width.ts";

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
 * Exact: of all ways to cut the ordered spans into requests within the limits, the cheapest. A tag is never split.
 * @param spans one per tag, any order; `registers` counts 16-bit words, or bits in bit areas
 * @returns reads ordered by unit, area and offset; every span is in exactly one read
 * @see MODBUS Application Protocol v1.1b3, 6.1–6.4
 */
export function planReads(spans: readonly Span[], limits: ReadLimits): readonly Read[] {
  const order = spans.map((_, index) => index).sort((a, b) => compare(spans[a] as Span, spans[b] as Span));
  const reads: Read[] = [];
  for (let start = 0; start < order.length; ) {
    const first = spans[order[start] as number] as Span;
    let end = start + 1;
    while (end < order.length && isSameArea(first, spans[order[end] as number] as Span)) end++;
    reads.push(...planArea(order.slice(start, end), spans, limits));
    start = end;
  }
  return reads;
}

/** The words of one span, cut out of the reply to its read. */
export function wordsOf(read: Read, reply: Words, span: Span): Words {
  const start = span.offset - read.offset;
  return reply.slice(start, start + span.registers);
}

function compare(a: Span, b: Span): number {
  return (
    a.unit - b.unit || areaRank[a.area] - areaRank[b.area] || a.offset - b.offset || a.registers - b.registers
  );
}

const areaRank: Readonly<Record<Area, number>> = { coil: 0, discrete: 1, input: 2, holding: 3 };

function isSameArea(a: Span, b: Span): boolean {
  return a.unit === b.unit && a.area === b.area;
}

/**
 * `best[i]` is the least cost of reading the first i spans; the last request starts at the span that makes it so.
 * Starts whose request would be too long drop out at the front, so the search stays within one request's reach.
 */
function planArea(order: readonly number[], spans: readonly Span[], limits: ReadLimits): readonly Read[] {
  const at = (index: number) => spans[order[index] as number] as Span;
  const { area } = at(0);
  const most = isBitArea(area) ? limits.maxBits : limits.maxRegisters;
  const each = isBitArea(area) ? limits.perBitMs : limits.perRegisterMs;
  const best: number[] = [0];
  const cut: number[] = [0];
  let firstStart = 0;
  for (let i = 1; i <= order.length; i++) {
    // The farthest end so far within the request counts: a long span may reach beyond later short ones.
    let least = Number.POSITIVE_INFINITY;
    let from = i - 1;
    let end = 0;
    for (let start = i - 1; start >= firstStart; start--) {
      end = Math.max(end, at(start).offset + at(start).registers);
      const length = end - at(start).offset;
      if (length > most && start < i - 1) {
        firstStart = start + 1;
        break;
      }
      const cost = (best[start] as number) + limits.perRequestMs + each * length;
      if (cost < least) {
        least = cost;
        from = start;
      }
    }
    best[i] = least;
    cut[i] = from;
  }
  const reads: Read[] = [];
  for (let i = order.length; i > 0; i = cut[i] as number) {
    const places = order.slice(cut[i], i);
    const offset = at(cut[i] as number).offset;
    const end = Math.max(
      ...places.map((place) => (spans[place] as Span).offset + (spans[place] as Span).registers),
    );
    const { unit } = at(0);
    reads.push({ unit, area, offset, count: end - offset, spans: places });
  }
  return reads.reverse();
}
