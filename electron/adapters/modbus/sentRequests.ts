import { replyFits } from "#domain/modbus/replyFits.ts";

export interface Request {
  readonly unit: number;
  readonly pdu: Uint8Array;
}

interface Sent extends Request {
  /** until then its reply may still come and be mistaken for the reply to another request of its shape */
  heldUntil: number;
  /** until then a frame that fits it is ours, not another master's */
  knownUntil: number;
}

const knownMs = 10_000;
const knownAfterReplyMs = 1000;

/**
 * What was asked on a line of late, and which of it may still be answered.
 *
 * RTU replies carry no number: a late one fits any request of the same unit, function and length. After a time-out
 * such a request is therefore held back until the late reply came or is past coming. The very same request may be
 * repeated at once, since either reply answers it.
 */
export class SentRequests {
  #sent: Sent[] = [];

  /** @param heldUntil monotonic ms until which the reply may come */
  add(request: Request, now: number, heldUntil: number): void {
    this.#sent = this.#sent.filter((sent) => sent.knownUntil > now);
    this.#sent.push({ ...request, heldUntil, knownUntil: Math.max(now + knownMs, heldUntil) });
  }

  /** the moment from which `request` may be sent; not later than `now` when that is at once */
  heldUntil(request: Request): number {
    return this.#sent
      .filter((sent) => sameShape(sent, request) && !same(sent, request))
      .reduce((latest, sent) => Math.max(latest, sent.heldUntil), 0);
  }

  /** Notes that a reply to `request` came. Of several equal requests the oldest still waiting is the one answered. */
  answered(request: Request, now: number): void {
    const sent = this.#sent.find((other) => other.heldUntil > now && same(other, request));
    if (sent === undefined) return;
    sent.heldUntil = 0;
    sent.knownUntil = now + knownAfterReplyMs;
  }

  /** Notes that the wait for a reply was given up just now: it may still come until `heldUntil`. */
  givenUp(request: Request, asOf: number, heldUntil: number): void {
    const sent = this.#sent.findLast((other) => other.heldUntil > asOf && same(other, request));
    if (sent !== undefined) sent.heldUntil = Math.max(sent.heldUntil, heldUntil);
  }

  /** The request that a stray frame answers, the longest waiting first; undefined for a frame that is not ours. */
  askedBy(
    unit: number,
    reply: Uint8Array,
    now: number,
  ): { readonly request: Request; readonly waiting: boolean } | undefined {
    const fitting = this.#sent.filter((sent) => sent.unit === unit && answers(sent.pdu, reply));
    const waiting = fitting.find((sent) => sent.heldUntil > now);
    const request = waiting ?? fitting[0];
    return request && { request, waiting: waiting !== undefined };
  }

  /** another request of the same unit and function that is unanswered: an exception could be meant for it */
  rivalOf(request: Request, now: number): Request | undefined {
    return this.#sent.find(
      (sent) =>
        sent.heldUntil > now &&
        sent.unit === request.unit &&
        sent.pdu[0] === request.pdu[0] &&
        !same(sent, request),
    );
  }
}

function answers(request: Uint8Array, reply: Uint8Array): boolean {
  return reply[0] === (request[0] ?? 0) + 0x80 || replyFits(request, reply);
}

function sameShape(a: Request, b: Request): boolean {
  return a.unit === b.unit && a.pdu[0] === b.pdu[0] && readBytes(a.pdu) === readBytes(b.pdu);
}

function same(a: Request, b: Request): boolean {
  return a.unit === b.unit && a.pdu.length === b.pdu.length && a.pdu.every((byte, i) => byte === b.pdu[i]);
}

/** Data bytes of the reply to a read; -1 for other functions, whose replies all count as alike. */
function readBytes(pdu: Uint8Array): number {
  const count = (pdu[3] ?? 0) * 256 + (pdu[4] ?? 0);
  switch (pdu[0]) {
    case 1:
    case 2:
      return Math.ceil(count / 8);
    case 3:
    case 4:
    case 23:
      return count * 2;
    default:
      return -1;
  }
}
