import type { Area } from "../tag/address.ts";
import type { Words } from "../tag/tag.ts";
import { frameLengths } from "./frameLengths.ts";
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

/**
 * Finds every CRC-valid frame in a run of bytes, whatever garbage stands between.
 *
 * Only lengths that the function allows are tried: with every length tried, one run of 256 random bytes in two would
 * hold a frame by chance. A function nobody here knows counts only as a whole run, from the last frame to the end.
 */
export function hearFrames(bytes: Uint8Array): readonly HeardFrame[] {
  const frames: HeardFrame[] = [];
  let clean = 0;
  for (let start = 0; start + 4 <= bytes.length; ) {
    const unit = bytes[start] ?? 0;
    const rest = start === clean ? [bytes.length - start] : [];
    const lengths = unit > lastUnit ? [] : (frameLengths(bytes, start) ?? rest);
    // Where one frame is by chance the beginning of another, the longer one leaves no byte without a meaning.
    const length = Math.max(
      0,
      ...lengths.filter((one) => one <= longestFrame && isFrame(bytes, start, start + one)),
    );
    if (length === 0) {
      start += 1;
      continue;
    }
    const end = start + length;
    frames.push({ unit, pdu: bytes.slice(start + 1, end - 2), start, end });
    start = end;
    clean = end;
  }
  return frames;
}

const lastUnit = 247;

function isFrame(bytes: Uint8Array, start: number, end: number): boolean {
  return end <= bytes.length && hasValidCrc(bytes, start, end);
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
 * Every frame must be told: after one that could not be read, go on from `heardNothing`.
 */
export function hear(
  state: HearState,
  frame: Pick<HeardFrame, "unit" | "pdu">,
): { readonly state: HearState; readonly learned?: Learned } {
  const { unit, pdu } = frame;
  // A master that gets no reply asks again; a read of bits can look like its own reply.
  if (state.at === "asked" && state.unit === unit && isEqual(state.request, pdu)) return { state };
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

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
