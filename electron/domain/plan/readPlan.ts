import type { Area } from "../tag/address.ts";
import type { Span } from "../tag/span.ts";
import { isBitArea } from "../tag/width.ts";
import { type Blocks, cheapestCuts } from "./cuts.ts";
import { areaOfKey, orderSpans, type SpanOrder, unitOfKey } from "./spanOrder.ts";

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

/** Offsets of one area, both ends included. */
export interface Stretch {
  readonly area: Area;
  readonly from: number;
  readonly to: number;
}

/** What one device takes where it takes less than the others; what is not named is as for all. */
export interface DeviceLimits {
  readonly maxRegisters?: number;
  readonly maxBits?: number;
  /** false: the device answers only for what its tags name, so that no read may cross a gap */
  readonly gaps?: boolean;
  /** registers that no read may touch: the device refuses all of it, or does something when they are read */
  readonly forbidden?: readonly Stretch[];
}

/**
 * Groups tag spans into the reads that cost least in all.
 *
 * Exact: no other set of requests within the limits costs less. A tag is never split; one that is longer than the
 * limit gets a read of its own length, and one that lies on a forbidden register is read all the same.
 * @param spans   one per tag, any order; `registers` counts 16-bit words, or bits in bit areas
 * @param devices limits of single units, by unit number
 * @returns reads ordered by unit, area and offset; every span is in exactly one read
 * @see MODBUS Application Protocol v1.1b3, 6.1–6.4
 */
export function planReads(
  spans: readonly Span[],
  limits: ReadLimits,
  devices?: ReadonlyMap<number, DeviceLimits>,
): readonly Read[] {
  const order = orderSpans(spans);
  const reads: Read[] = [];
  const blocks = emptyBlocks(order.count);
  for (let from = 0; from < order.count; ) {
    const unitAndArea = (order.keys[from] as number) >>> 16;
    let to = from + 1;
    while (to < order.count && (order.keys[to] as number) >>> 16 === unitAndArea) to++;
    fillBlocks(blocks, order, from, to);
    planArea(blocks, order, to, limits, devices, reads);
    from = to;
  }
  return reads;
}

function planArea(
  blocks: Blocks,
  order: SpanOrder,
  end: number,
  limits: ReadLimits,
  devices: ReadonlyMap<number, DeviceLimits> | undefined,
  reads: Read[],
): void {
  const key = order.keys[blocks.places[0] as number] as number;
  const [unit, area] = [unitOfKey(key), areaOfKey(key)];
  const device = devices?.get(unit);
  const isBits = isBitArea(area);
  const cost = {
    most: isBits ? (device?.maxBits ?? limits.maxBits) : (device?.maxRegisters ?? limits.maxRegisters),
    fixed: limits.perRequestMs,
    each: isBits ? limits.perBitMs : limits.perRegisterMs,
  };
  const cuts = cheapestCuts(blocks, cost, wallsOf(blocks, area, device));
  for (let index = 0; index < cuts.length; index++) {
    const cut = cuts[index] as number;
    const next = index + 1 < cuts.length ? (cuts[index + 1] as number) : blocks.count;
    const offset = blocks.starts[cut] as number;
    const placesEnd = next === blocks.count ? end : (blocks.places[next] as number);
    reads.push({
      unit,
      area,
      offset,
      count: (blocks.ends[next - 1] as number) - offset,
      spans: order.places.slice(blocks.places[cut] as number, placesEnd),
    });
  }
}

/** Which gaps no read may cross: that before block i where [i] is 1. */
function wallsOf(blocks: Blocks, area: Area, device: DeviceLimits | undefined): Uint8Array | undefined {
  const forbidden = device?.forbidden?.filter((stretch) => stretch.area === area) ?? [];
  if (device === undefined || (device.gaps !== false && forbidden.length === 0)) return undefined;
  const walls = new Uint8Array(blocks.count);
  for (let index = 1; index < blocks.count; index++) {
    const from = blocks.ends[index - 1] as number;
    const to = blocks.starts[index] as number;
    const isForbidden = forbidden.some((stretch) => stretch.from < to && stretch.to >= from);
    if (to > from && (device.gaps === false || isForbidden)) walls[index] = 1;
  }
  return walls;
}

function emptyBlocks(most: number): Blocks {
  const column = () => new Uint32Array(most);
  return { count: 0, starts: column(), ends: column(), places: column() };
}

/**
 * Spans of one area, those inside another one taken as part of it: the read that carries the outer one carries them
 * too. Starts and ends of the blocks then both rise.
 */
function fillBlocks(blocks: Blocks, { keys, registers }: SpanOrder, from: number, to: number): void {
  const { starts, ends, places } = blocks;
  let count = 0;
  let lastStart = -1;
  let lastEnd = -1;
  for (let place = from; place < to; place++) {
    const start = (keys[place] as number) & 0xffff;
    const end = start + (registers[place] as number);
    if (start === lastStart) {
      if (end > lastEnd) lastEnd = ends[count - 1] = end;
    } else if (end > lastEnd) {
      starts[count] = lastStart = start;
      ends[count] = lastEnd = end;
      places[count++] = place;
    }
  }
  blocks.count = count;
}
