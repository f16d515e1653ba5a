import { expectedReplyLength } from "#domain/modbus/expectedReplyLength.ts";
import { hasValidCrc } from "#domain/modbus/rtuFrame.ts";
import { misfit } from "./misfit.ts";
import type { Request } from "./sentRequests.ts";

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

/** Do the bytes hold a reply's head and as many bytes as it announces, whatever the checksum says? */
export function isWholeReply(bytes: Uint8Array, request: Request): boolean {
  const called = (bytes[1] ?? 0) & 0x7f;
  if (bytes[0] !== request.unit || called !== request.pdu[0]) return false;
  const length = expectedReplyLength(request.pdu, bytes);
  return length !== undefined && bytes.length >= length;
}

function endOfReply(bytes: Uint8Array, start: number, request: Request, silent: boolean): number | undefined {
  const length = expectedReplyLength(request.pdu, bytes.subarray(start));
  if (length !== undefined) return start + length;
  return silent ? bytes.length : undefined;
}
