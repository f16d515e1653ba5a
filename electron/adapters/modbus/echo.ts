import { replyFits } from "#domain/modbus/replyFits.ts";
import type { Request } from "./sentRequests.ts";

/** Write one coil, write one register, diagnostics, mask write: their replies repeat the request. */
const sameReply: readonly number[] = [5, 6, 8, 22];

/** Two-wire adapters without echo suppression hand us our own request before the reply. This learns whether ours does. */
export class Echo {
  #present: boolean | undefined;

  get isPresent(): boolean {
    return this.#present === true;
  }

  /**
   * How many bytes at the start are our own request come back; undefined when only more bytes can tell.
   *
   * The reply to some requests (a single write) is the request itself. While it is not known whether the line echoes,
   * one copy may be either, so a second one is waited for until the time is `over`.
   */
  lengthIn(
    bytes: Uint8Array,
    request: Request & { readonly frame: Uint8Array },
    over: boolean,
  ): number | undefined {
    const { frame } = request;
    if (this.#present === false || !startsWith(bytes, frame)) return 0;
    if (this.#present === undefined && answersItself(request.pdu)) {
      if (!startsWith(bytes.subarray(frame.length), frame)) return over ? 0 : undefined;
    }
    this.#present = true;
    return frame.length;
  }

  /** @param alone nothing came before the reply */
  answered(request: Request, alone: boolean): void {
    if (alone && this.#present === undefined && !answersItself(request.pdu)) this.#present = false;
  }
}

/** Can the reply to this request be the same bytes? True for writes of one value, and by chance for a read of bits. */
function answersItself(pdu: Uint8Array): boolean {
  const called = pdu[0] ?? 0;
  return sameReply.includes(called) || (called <= 4 && replyFits(pdu, pdu));
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}
