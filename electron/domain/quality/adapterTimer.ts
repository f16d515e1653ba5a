import { type Phrase, phrase } from "../phrase.ts";
import { replyBytes } from "./badFrame.ts";
import type { LineRead } from "./lineReads.ts";

/** What FTDI's drivers set unless told otherwise. */
const usualTimerMs = 16;
/** At this and below the timer costs no more than the silence between two frames. */
const briefTimerMs = 2;
/** A USB packet of the adapter: fewer bytes wait for the timer, a full packet goes at once. */
const packetBytes = 62;

/** What to do about the timer that a port's driver tells of; undefined where there is nothing to do. */
export function timerAdvice(port: {
  readonly path: string;
  readonly latencyTimerMs?: number;
}): Phrase | undefined {
  const { path, latencyTimerMs = 0 } = port;
  if (latencyTimerMs <= briefTimerMs) return undefined;
  return phrase("port.latencyTimer", { port: path.replace(/^\/dev\//, ""), ms: latencyTimerMs });
}

/** A reply as it came in: monotonic ms of its last byte, and its length. */
export interface Arrival {
  readonly atMs: number;
  readonly bytes: number;
}

/** The replies of a measurement whose moment is known. */
export function arrivalsOf(reads: readonly LineRead[]): readonly Arrival[] {
  return reads.flatMap(({ registers, outcome }) =>
    outcome.at === "good" && outcome.arrivedAtMs !== undefined
      ? [{ atMs: outcome.arrivedAtMs, bytes: replyBytes(registers) }]
      : [],
  );
}

const fewest = 16;
const toleranceMs = 2;

/**
 * Does an adapter hold replies back by a timer of 16 ms, as FTDI's do unless set otherwise?
 *
 * The timer starts anew whenever the adapter hands something over, so short replies arrive whole timers after the
 * arrival before them, however long they took on the wire and however long the pause before the request was. A unit
 * that is merely slow does not follow changed pauses so: the arrivals must come from reads with several of them.
 */
export function isHeldBack(arrivals: readonly Arrival[]): boolean {
  const waits = arrivals.flatMap(({ atMs, bytes }, index) => {
    const before = arrivals[index - 1];
    return before && bytes < packetBytes ? [atMs - before.atMs] : [];
  });
  if (waits.length < fewest) return false;
  const onTime = waits.filter((wait) => offBeatMs(wait) <= toleranceMs).length;
  // One rhythm of equal waits proves nothing.
  const beats = new Set(waits.map((wait) => Math.round(wait / usualTimerMs)));
  return onTime >= 0.9 * waits.length && beats.size >= 3;
}

function offBeatMs(wait: number): number {
  return wait < usualTimerMs / 2
    ? usualTimerMs
    : Math.abs(wait - usualTimerMs * Math.round(wait / usualTimerMs));
}
