import type { Area } from "../tag/address.ts";
import type { Span } from "../tag/span.ts";

/** Spans as columns, ordered by unit, area, offset and place in the list. */
export interface SpanOrder {
  readonly count: number;
  /** unit, area and offset in one number, rising */
  readonly keys: Uint32Array;
  /** places in the list that was ordered */
  readonly places: readonly number[];
  readonly registers: Uint32Array;
}

const areas = ["coil", "discrete", "input", "holding"] as const;

const digitBits = 13;
const buckets = 2 ** digitBits;

/**
 * Sorts spans by counting, in two passes over 13 bits each: unit, area and offset fit into 26. A sort that compares
 * takes ten times as long for 100,000.
 */
export function orderSpans(spans: readonly Span[]): SpanOrder {
  const count = spans.length;
  const keys = new Uint32Array(count);
  const lows = new Uint32Array(buckets + 1);
  const highs = new Uint32Array(buckets + 1);
  const lengths = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    const { unit, area, offset, registers } = spans[place] as Span;
    const key = (unit << 18) | (rankOf(area) << 16) | offset;
    keys[place] = key;
    lengths[place] = registers;
    take(lows, (key & (buckets - 1)) + 1);
    take(highs, (key >>> digitBits) + 1);
  }
  for (let bucket = 1; bucket <= buckets; bucket++) {
    lows[bucket] = (lows[bucket] as number) + (lows[bucket - 1] as number);
    highs[bucket] = (highs[bucket] as number) + (highs[bucket - 1] as number);
  }
  const byLow = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    byLow[take(lows, (keys[place] as number) & (buckets - 1))] = place;
  }
  const ordered = new Uint32Array(count);
  const registers = new Uint32Array(count);
  const places: number[] = new Array(count);
  for (let index = 0; index < count; index++) {
    const place = byLow[index] as number;
    const key = keys[place] as number;
    const to = take(highs, key >>> digitBits);
    ordered[to] = key;
    registers[to] = lengths[place] as number;
    places[to] = place;
  }
  return { count, keys: ordered, places, registers };
}

/** The counter's value, which goes up by one. */
function take(counters: Uint32Array, bucket: number): number {
  const value = counters[bucket] as number;
  counters[bucket] = value + 1;
  return value;
}

export function unitOfKey(key: number): number {
  return key >>> 18;
}

export function areaOfKey(key: number): Area {
  return areas[(key >>> 16) & 3] as Area;
}

function rankOf(area: Area): number {
  if (area === "holding") return 3;
  if (area === "input") return 2;
  return area === "discrete" ? 1 : 0;
}
