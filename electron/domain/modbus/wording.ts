import { isBitArea } from "../tag/width.ts";
import { areaOfRead, writeCoils, writeRegisters } from "./functions.ts";
import { mostBits, mostRegisters, readRequest } from "./pdu.ts";

/**
 * The same read with `more` registers (or groups of eight bits) behind those wanted, so that its reply has another
 * length. Undefined for other functions, and where the protocol or the address space allows no more.
 */
export function widenedRead(request: Uint8Array, more: number): Uint8Array | undefined {
  const read = readIn(request);
  if (read === undefined) return undefined;
  const { area, offset } = read;
  const count = read.count + more * (isBitArea(area) ? 8 : 1);
  if (count > (isBitArea(area) ? mostBits : mostRegisters) || offset + count > 65_536) return undefined;
  return readRequest(area, offset, count);
}

/** What `request` asked for, cut from the reply to the same read widened. */
export function trimmedReply(request: Uint8Array, reply: Uint8Array): Uint8Array {
  const read = readIn(request);
  if (read === undefined) return reply;
  const bytes = isBitArea(read.area) ? Math.ceil(read.count / 8) : read.count * 2;
  const trimmed = reply.slice(0, 2 + bytes);
  trimmed[1] = bytes;
  const last = trimmed.length - 1;
  const bitsInLast = isBitArea(read.area) ? read.count % 8 : 0;
  if (bitsInLast > 0) trimmed[last] = (trimmed[last] ?? 0) & ((1 << bitsInLast) - 1);
  return trimmed;
}

/**
 * Reads within the place that a request is about, none with a reply like its own: what one may ask in between without
 * touching anything else. The longest last; none for functions that are about no place.
 */
export function readsWithin(request: Uint8Array): readonly Uint8Array[] {
  const place = readIn(request) ?? placeWritten(request);
  if (place === undefined) return [];
  const { area, offset, count } = place;
  const step = isBitArea(area) ? 8 : 1;
  const reads: Uint8Array[] = [];
  for (let fewer = 1; fewer < count && reads.length < 124; fewer += step)
    if (Math.ceil(fewer / step) !== Math.ceil(count / step)) reads.push(readRequest(area, offset, fewer));
  if (placeWritten(request) !== undefined) reads.push(readRequest(area, offset, count));
  return reads;
}

function readIn(request: Uint8Array) {
  const area = areaOfRead(request[0] ?? 0);
  if (area === undefined || request.length !== 5) return undefined;
  const [, high = 0, low = 0, countHigh = 0, countLow = 0] = request;
  return { area, offset: (high << 8) | low, count: (countHigh << 8) | countLow };
}

function placeWritten(request: Uint8Array) {
  const [code, high = 0, low = 0, countHigh = 0, countLow = 0] = request;
  if (code !== writeCoils && code !== writeRegisters) return undefined;
  const area = code === writeCoils ? ("coil" as const) : ("holding" as const);
  return { area, offset: (high << 8) | low, count: (countHigh << 8) | countLow };
}
