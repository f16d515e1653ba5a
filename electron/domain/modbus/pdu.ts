import type { Area } from "../tag/address.ts";
import type { Words } from "../tag/tag.ts";
import { isBitArea } from "../tag/width.ts";
import { readFunction, writeCoil, writeCoils, writeRegister, writeRegisters } from "./functions.ts";

/** What one request may carry (6.1–6.12 of the protocol). */
export const mostRegisters = 125;
export const mostBits = 2000;
const mostWrittenRegisters = 123;
const mostWrittenBits = 1968;

function high(value: number): number {
  return (value >> 8) & 0xff;
}

function assertInRange(what: string, offset: number, count: number, most: number): void {
  if (count < 1 || count > most || offset < 0 || offset + count > 65536) {
    throw new RangeError(`${what} of ${count} from ${offset}`);
  }
}

/**
 * A read of `count` registers (at most 125) or bits (at most 2000) from a 0-based offset.
 * @throws RangeError for a count or offset that no device can answer: a bug of the caller
 */
export function readRequest(area: Area, offset: number, count: number): Uint8Array {
  assertInRange("read", offset, count, isBitArea(area) ? mostBits : mostRegisters);
  return Uint8Array.of(readFunction[area], high(offset), offset & 0xff, high(count), count & 0xff);
}

/**
 * A write of one register (function 6) or several, at most 123 (function 16).
 * @throws RangeError for a count or offset that no device can take: a bug of the caller
 */
export function writeRegistersRequest(offset: number, words: Words): Uint8Array {
  assertInRange("write", offset, words.length, mostWrittenRegisters);
  const [only] = words;
  if (words.length === 1 && only !== undefined) {
    return Uint8Array.of(writeRegister, high(offset), offset & 0xff, high(only), only & 0xff);
  }
  const bytes = words.flatMap((word) => [high(word), word & 0xff]);
  const { length } = words;
  return Uint8Array.of(
    writeRegisters,
    high(offset),
    offset & 0xff,
    high(length),
    length,
    length * 2,
    ...bytes,
  );
}

/**
 * A write of one coil (function 5) or several, at most 1968 (function 15); words are 0 or 1.
 * @throws RangeError for a count or offset that no device can take: a bug of the caller
 */
export function writeCoilsRequest(offset: number, bits: Words): Uint8Array {
  assertInRange("write", offset, bits.length, mostWrittenBits);
  if (bits.length === 1) return Uint8Array.of(writeCoil, high(offset), offset & 0xff, bits[0] ? 0xff : 0, 0);
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [index, bit] of bits.entries())
    if (bit) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
  const { length } = bits;
  return Uint8Array.of(
    writeCoils,
    high(offset),
    offset & 0xff,
    high(length),
    length & 0xff,
    bytes.length,
    ...bytes,
  );
}

/** The words (or bits) of a reply that `replyFits`. */
export function parseReadReply(pdu: Uint8Array, area: Area, count: number): Words {
  if (isBitArea(area)) {
    return Array.from({ length: count }, (_, index) => ((pdu[2 + (index >> 3)] ?? 0) >> (index & 7)) & 1);
  }
  return Array.from({ length: count }, (_, i) => ((pdu[2 + i * 2] ?? 0) << 8) | (pdu[3 + i * 2] ?? 0));
}
