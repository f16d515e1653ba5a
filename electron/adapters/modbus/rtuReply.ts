import { expectedReplyLength } from "#domain/modbus/expectedReplyLength.ts";
import {
  areaOfRead,
  writeCoil,
  writeCoils,
  writeRegister,
  writeRegisters,
} from "#domain/modbus/functions.ts";
import { hearFrames } from "#domain/modbus/judge.ts";
import { hasValidCrc } from "#domain/modbus/rtuFrame.ts";
import { isBitArea } from "#domain/tag/width.ts";
import { misfit } from "./misfit.ts";
import type { Request } from "./sentRequests.ts";

const writes: readonly number[] = [writeCoil, writeRegister, writeCoils, writeRegisters];

/** A whole reply within bytes received, from `start` to before `end`. */
export interface FoundReply {
  readonly start: number;
  readonly end: number;
  readonly pdu: Uint8Array;
}

/**
 * Looks for the reply to a request: unit, function, length and CRC must fit. Bytes before it, such as a stray byte
 * from a transceiver switching over, are passed by.
 *
 * @param silent the line has fallen silent: a reply of unknown length is taken to end where the bytes end
 */
export function findReply(bytes: Uint8Array, request: Request, silent: boolean): FoundReply | undefined {
  const called = request.pdu[0] ?? 0;
  for (let start = 0; start + 4 <= bytes.length; start += 1) {
    if (bytes[start] !== request.unit || ((bytes[start + 1] ?? 0) & 0x7f) !== called) continue;
    const end = endOfReply(bytes, start, request, silent);
    if (end === undefined || end > bytes.length || !hasValidCrc(bytes, start, end)) continue;
    const pdu = bytes.slice(start + 1, end - 2);
    if (misfit(request.pdu, pdu) === undefined) return { start, end, pdu };
  }
  return undefined;
}

/** Are the bytes the reply as it should be, head and length, but for a wrong checksum? */
export function isSpoiledReply(bytes: Uint8Array, request: Request): boolean {
  const called = bytes[1] ?? 0;
  if (bytes[0] !== request.unit || (called & 0x7f) !== request.pdu[0] || hasValidCrc(bytes)) return false;
  const length = expectedReplyLength(request.pdu, bytes);
  if (length === undefined || bytes.length !== length) return false;
  const usual = usualReplyLength(request.pdu);
  return called >= 0x80 || usual === undefined || usual === length;
}

/**
 * Did the reply come, though too damaged to be one? True when bytes without a valid frame are as many as the reply
 * should have, or are whole by their own head. A piece shorter than that may be followed by the rest.
 */
export function isBrokenReply(bytes: Uint8Array, request: Request): boolean {
  const usual = usualReplyLength(request.pdu) ?? Number.POSITIVE_INFINITY;
  let end = 0;
  for (const frame of [...hearFrames(bytes), { start: bytes.length, end: bytes.length }]) {
    const damaged = bytes.subarray(end, frame.start);
    if (damaged.length >= usual || isSpoiledReply(damaged, request)) return true;
    end = frame.end;
  }
  return false;
}

/** Bytes of the reply that is no exception; undefined where the request does not tell. */
function usualReplyLength(pdu: Uint8Array): number | undefined {
  const code = pdu[0] ?? 0;
  const area = areaOfRead(code);
  const count = ((pdu[3] ?? 0) << 8) | (pdu[4] ?? 0);
  if (area !== undefined) return 5 + (isBitArea(area) ? Math.ceil(count / 8) : count * 2);
  return writes.includes(code) ? 8 : undefined;
}

function endOfReply(bytes: Uint8Array, start: number, request: Request, silent: boolean): number | undefined {
  const length = expectedReplyLength(request.pdu, bytes.subarray(start));
  if (length !== undefined) return start + length;
  return silent ? bytes.length : undefined;
}
