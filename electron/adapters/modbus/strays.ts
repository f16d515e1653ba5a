import type { Frame } from "#capabilities/line.ts";
import { type HeardFrame, hearFrames } from "#domain/modbus/judge.ts";
import { misfit } from "./misfit.ts";
import type { Request, SentRequests } from "./sentRequests.ts";

/** What can be wrong with an answer, the more telling last. */
const reasons = ["short", "crc", "wrongLength", "wrongFunction", "wrongUnit"] as const;
type Reason = (typeof reasons)[number];

/** A run of bytes that is not the reply waited for. */
export interface Stray {
  readonly bytes: Uint8Array;
  readonly direction: Frame["direction"];
  readonly verdict: Frame["verdict"];
  /** what is wrong with it as the reply to the present request; absent when it is none */
  readonly reason?: Reason;
  /** the request of ours that it answers after all, late or twice */
  readonly answers?: Request;
}

/**
 * Tells apart what came in beside the reply: late replies to us, faulty replies, and other masters' frames.
 *
 * @param request the request that waits for its reply, if any
 */
export function judgeStrays(
  bytes: Uint8Array,
  request: Request | undefined,
  sent: SentRequests,
): readonly Stray[] {
  const strays: Stray[] = [];
  let end = 0;
  for (const frame of hearFrames(bytes)) {
    if (frame.start > end) strays.push(judgeNoise(bytes.slice(end, frame.start), request));
    strays.push(judgeFrame(bytes.slice(frame.start, frame.end), frame, request, sent));
    end = frame.end;
  }
  if (end < bytes.length) strays.push(judgeNoise(bytes.slice(end), request));
  return strays;
}

export function worstReason(strays: readonly Stray[]): Reason | undefined {
  return reasons.findLast((reason) => strays.some((stray) => stray.reason === reason));
}

function judgeNoise(bytes: Uint8Array, request: Request | undefined): Stray {
  const short = bytes.length < 4;
  const stray = { bytes, verdict: short ? "short" : "badCrc" } as const;
  if (request === undefined) return { ...stray, direction: "heard" };
  return { ...stray, direction: "received", reason: short ? "short" : "crc" };
}

function judgeFrame(
  bytes: Uint8Array,
  { unit, pdu }: HeardFrame,
  request: Request | undefined,
  sent: SentRequests,
): Stray {
  const asked = sent.askedBy(unit, pdu);
  const received = { bytes, direction: "received", verdict: "unexpected" } as const;
  if (asked?.waiting) return { ...received, answers: asked.request };
  if (request !== undefined) {
    const unfit = misfit(request.pdu, pdu);
    if (unit !== request.unit && unfit === undefined) return { ...received, reason: "wrongUnit" };
    if (unit === request.unit && unfit !== undefined && isReplyShaped(pdu))
      return { ...received, reason: unfit };
  }
  // Answered already: a second unit with the same number, or a reply to a repeated request.
  if (asked !== undefined) return received;
  return { bytes, direction: "heard", verdict: "good" };
}

/** Another master's request to the same unit is not; a read reply says its own length, an exception is two bytes. */
function isReplyShaped(pdu: Uint8Array): boolean {
  const called = pdu[0] ?? 0;
  if (called >= 0x80) return pdu.length === 2;
  return called <= 4 && pdu[1] === pdu.length - 2;
}
