import { repliesAlike, replyFits } from "#domain/modbus/replyFits.ts";

export interface Request {
  readonly unit: number;
  readonly pdu: Uint8Array;
}

interface Sent extends Request {
  /** its reply may still come */
  waiting: boolean;
  /** the unit has answered a later request since: one that answers in the order of asking answers this no more */
  overtaken: boolean;
  /** when the wait for its reply ended or will end, monotonic ms */
  endsAt: number;
  /** the time-out it had */
  readonly timeoutMs: number;
  /** until then a frame that fits it is ours, not another master's */
  knownUntil: number;
}

/** How sure it is that the next reply of a request's shape is to that request and to none sent before. */
export type Standing =
  /** no reply of that shape is outstanding, in whatever order the unit answers */
  | { readonly at: "clear" }
  /** outstanding ones were overtaken: only a unit that answers out of order could still send one */
  | { readonly at: "overtaken"; readonly sinceMs: number }
  /** one may come; past coming at `clearAt` (monotonic) unless the unit is slower than anything believable */
  | { readonly at: "waiting"; readonly clearAt: number };

const knownMs = 10_000;
const knownAfterReplyMs = 1000;
const rememberedMs = 60_000;
/** A reply later than this many time-outs is believed only of a unit that has answered nothing since. */
const latestTimeouts = 6;

/**
 * What was asked on a line of late, and which of it may still be answered.
 *
 * RTU replies carry no number: a late one fits any request of the same unit, function and length. A request counts
 * as waiting until its reply came, or until a later one to the same unit was answered and six time-outs have passed.
 */
export class SentRequests {
  #sent: Sent[] = [];

  /** @param endsAt monotonic ms at which the wait for its reply ends */
  add(request: Request, now: number, endsAt: number, timeoutMs: number): void {
    this.#sent = this.#sent.filter((sent) => isRemembered(sent, now));
    this.#sent.push({
      ...request,
      waiting: true,
      overtaken: false,
      endsAt,
      timeoutMs,
      knownUntil: Math.max(now + knownMs, endsAt),
    });
  }

  standing(request: Request, now: number): Standing {
    let standing: Standing = { at: "clear" };
    for (const sent of this.#sent) {
      if (!sent.waiting || sent.unit !== request.unit || same(sent, request)) continue;
      if (!repliesAlike(sent.pdu, request.pdu)) continue;
      const clearAt = sent.endsAt + latestTimeouts * sent.timeoutMs;
      if (!sent.overtaken)
        standing = {
          at: "waiting",
          clearAt: standing.at === "waiting" ? Math.max(standing.clearAt, clearAt) : clearAt,
        };
      else if (clearAt > now && standing.at !== "waiting")
        standing = { at: "overtaken", sinceMs: sent.endsAt };
    }
    return standing;
  }

  /**
   * Notes that a reply to `request` came: of several equal requests to the oldest still waiting. What was asked of
   * the unit before that is overtaken.
   */
  answered(request: Request, now: number): void {
    const sent = this.spoiled(request, now);
    if (sent === undefined) return;
    for (const earlier of this.#sent.slice(0, this.#sent.indexOf(sent)))
      if (earlier.unit === sent.unit) earlier.overtaken = true;
  }

  /** Notes that a reply to `request` came but could not be read: it will not come again, and proves nothing else. */
  spoiled(request: Request, now: number): Sent | undefined {
    const sent = this.#sent.find((other) => other.waiting && same(other, request));
    if (sent === undefined) return undefined;
    sent.waiting = false;
    sent.knownUntil = now + knownAfterReplyMs;
    return sent;
  }

  /** Notes that the wait for a reply was given up at `now`, which a stalled machine does later than it meant to. */
  givenUp(request: Request, now: number): void {
    const sent = this.#sent.findLast((other) => other.waiting && same(other, request));
    if (sent !== undefined) sent.endsAt = Math.max(sent.endsAt, now);
  }

  /** The request that a stray frame answers, the longest waiting first; undefined for a frame that is not ours. */
  askedBy(
    unit: number,
    reply: Uint8Array,
  ): { readonly request: Request; readonly waiting: boolean } | undefined {
    const fitting = this.#sent.filter((sent) => sent.unit === unit && answers(sent.pdu, reply));
    const waiting = fitting.find((sent) => sent.waiting);
    const request = waiting ?? fitting[0];
    return request && { request, waiting: waiting !== undefined };
  }

  /** another request of the same unit and function that may still be answered: an exception could be meant for it */
  rivalOf(request: Request): Request | undefined {
    return this.#sent.find(
      (sent) =>
        sent.waiting &&
        !sent.overtaken &&
        sent.unit === request.unit &&
        sent.pdu[0] === request.pdu[0] &&
        !same(sent, request),
    );
  }
}

function isRemembered(sent: Sent, now: number): boolean {
  if (!sent.waiting) return sent.knownUntil > now;
  const isPast = sent.overtaken && sent.endsAt + latestTimeouts * sent.timeoutMs <= now;
  return isPast ? sent.knownUntil > now : sent.endsAt + rememberedMs > now;
}

function answers(request: Uint8Array, reply: Uint8Array): boolean {
  return reply[0] === (request[0] ?? 0) + 0x80 || replyFits(request, reply);
}

function same(a: Request, b: Request): boolean {
  return a.unit === b.unit && a.pdu.length === b.pdu.length && a.pdu.every((byte, i) => byte === b.pdu[i]);
}
