import type { Area } from "../tag/address.ts";
import type { Words } from "../tag/tag.ts";
import { areaOfRead } from "./functions.ts";
import { parseReadReply } from "./pdu.ts";
import { replyFits } from "./replyFits.ts";
import { hasValidCrc } from "./rtuFrame.ts";

/** A CRC-valid frame found in heard bytes: `[start, end)` includes unit and checksum. */
export interface HeardFrame {
  readonly unit: number;
  readonly pdu: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const longestFrame = 256;

/** Finds every CRC-valid frame in a run of bytes, whatever garbage stands between; the earliest and longest first. */
export function hearFrames(bytes: Uint8Array): readonly HeardFrame[] {
  const frames: HeardFrame[] = [];
  let start = 0;
  while (start + 4 <= bytes.length) {
    const end = frameEnd(bytes, start);
    if (end === undefined) {
      start += 1;
      continue;
    }
    frames.push({ unit: bytes[start] ?? 0, pdu: bytes.slice(start + 1, end - 2), start, end });
    start = end;
  }
  return frames;
}

/**
 * Only lengths that the function allows are tried: with every length tried, one run of 256 random bytes would hold a
 * frame with a valid CRC by chance in every second case.
 */
function frameEnd(bytes: Uint8Array, start: number): number | undefined {
  const unit = bytes[start] ?? 0;
  if (unit > 247) return undefined;
  for (const length of possibleLengths(bytes, start)) {
    const end = start + length;
    if (end <= bytes.length && length <= longestFrame && hasValidCrc(bytes, start, end)) return end;
  }
  return undefined;
}

function possibleLengths(bytes: Uint8Array, start: number): readonly number[] {
  const code = bytes[start + 1] ?? 0;
  const third = bytes[start + 2] ?? 0;
  if (code & 0x80) return [5];
  if (code >= 1 && code <= 4) return [8, third + 5];
  if (code === 5 || code === 6) return [8];
  if (code === 15 || code === 16) return [8, (bytes[start + 6] ?? 0) + 9];
  if (code === 17) return [4, third + 5];
  if (code === 43) return [7, ...Array.from({ length: 246 }, (_, index) => index + 10)];
  // Functions nobody here knows: up to the end of the run, which a silence made.
  return code === 0 ? [] : [bytes.length - start];
}

/** What a listener remembers between two frames: the last read that was asked for and not yet answered. */
export type HearState =
  | { readonly at: "idle" }
  | { readonly at: "asked"; readonly unit: number; readonly request: Uint8Array };

export interface Learned {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  readonly words: Words;
}

export const heardNothing: HearState = { at: "idle" };

/**
 * Learns registers from another master's poll: a read request, then the reply of the same unit that fits it.
 * A request and a reply of equal length are told apart by their order: what follows a request it fits is its reply.
 */
export function hear(
  state: HearState,
  frame: Pick<HeardFrame, "unit" | "pdu">,
): { readonly state: HearState; readonly learned?: Learned } {
  const { unit, pdu } = frame;
  if (state.at === "asked" && state.unit === unit && replyFits(state.request, pdu)) {
    const area = areaOfRead(state.request[0] ?? 0);
    if (!area || pdu[0] !== state.request[0]) return { state: heardNothing };
    const at = (index: number) => state.request[index] ?? 0;
    const offset = (at(1) << 8) | at(2);
    return {
      state: heardNothing,
      learned: { unit, area, offset, words: parseReadReply(pdu, area, (at(3) << 8) | at(4)) },
    };
  }
  const isRead = areaOfRead(pdu[0] ?? 0) !== undefined && pdu.length === 5;
  return { state: isRead ? { at: "asked", unit, request: pdu } : heardNothing };
}
