import type { Reply } from "#capabilities/line.ts";
import { misfit } from "./misfit.ts";

/** A request and who waits for its reply. */
export interface Asked {
  readonly unit: number;
  readonly pdu: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/** Hears for a while: nothing else goes on meanwhile. */
export interface Listening {
  readonly alone: true;
  readonly signal: AbortSignal;
  readonly reject: (error: unknown) => void;
  run(): Promise<void>;
}

/** One request on its way over a TCP line, with monotonic times. */
export interface Exchange extends Asked {
  /** sent only while nothing else is unanswered, and nothing else is sent until it is answered */
  alone: boolean;
  transaction: number;
  /** when it was sent last */
  sentAt: number;
  /** counted from its first sending; 0 before */
  deadline: number;
  /** how many could be outstanding when it was sent */
  atOnce: number;
  /** was unanswered at the same time as another */
  beside: boolean;
  /** whatever answers it will not be believed: it is asked again */
  doubted: boolean;
  /** its answer came before that of an earlier request which it would answer just as well */
  held: { readonly pdu: Uint8Array; readonly atMs: number } | undefined;
}

const busyCodes: readonly number[] = [5, 6];

/** Reads of coils, inputs and registers change nothing: they alone may be outstanding together and be asked again. */
export function isRead(pdu: Uint8Array): boolean {
  const code = pdu[0] ?? 0;
  return code >= 1 && code <= 4;
}

/** Acknowledge and busy: the request was right, and came at a bad moment. */
export function isBusy(reply: Uint8Array): boolean {
  return (reply[0] ?? 0) >= 0x80 && busyCodes.includes(reply[1] ?? 0);
}

/**
 * Could a reply be another's, sent before? A device that mixes up its transaction numbers gives each reply the number
 * of the request that came last. Then the reply to the earlier request fits the later one's, and never comes itself.
 */
export function couldAnswerEarlier(
  reply: Uint8Array,
  to: Exchange,
  outstanding: Iterable<Exchange>,
  isSilent: (unit: number) => boolean,
): boolean {
  for (const earlier of outstanding) {
    if (earlier === to) return false;
    if (!isSilent(earlier.unit) && misfit(earlier.pdu, reply) === undefined) return true;
  }
  return false;
}
