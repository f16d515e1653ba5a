import { arrivalsOf, isHeldBack } from "./adapterTimer.ts";
import type { BadFrame } from "./badFrame.ts";
import type { GapCount, LengthCount } from "./certificate.ts";

/** What came of one read. Times in ms. */
export type Outcome =
  /** `waitMs` is the latency without the time that the bytes took on the wire */
  | {
      readonly at: "good";
      readonly latencyMs: number;
      readonly waitMs: number;
      /** monotonic, where it is known */
      readonly arrivedAtMs?: number;
    }
  | { readonly at: "exception" }
  | { readonly at: "silent" }
  | { readonly at: "bad"; readonly frame: BadFrame }
  /** the line never fell silent, so nothing could be asked */
  | { readonly at: "neverSilent" };

/** One read of a measurement. */
export interface LineRead {
  readonly registers: number;
  /** pause since the last answer, where the read is one to measure pauses with */
  readonly gapMs?: number;
  /** whole answers that came beside the one that counts: somebody else with the same number */
  readonly doubled: number;
  readonly outcome: Outcome;
}

/** What was heard while nobody was asked. */
export interface Idle {
  readonly idleBytes: number;
  readonly idleMs: number;
  /** CRC-valid frames that nobody here sent */
  readonly foreignFrames: number;
  readonly echo: boolean;
}

/** Everything a certificate is judged from. */
export interface Counts extends Idle {
  readonly unit: number;
  readonly asked: number;
  readonly good: number;
  readonly badCrc: number;
  readonly short: number;
  readonly long: number;
  readonly silent: number;
  readonly exceptions: number;
  readonly neverSilent: number;
  readonly doubled: number;
  readonly clipped: number;
  readonly headed: number;
  readonly placed: { readonly first: number; readonly middle: number; readonly last: number };
  readonly latenciesMs: readonly number[];
  readonly waitsMs: readonly number[];
  /** the adapter keeps short replies until its timer of 16 ms is up */
  readonly heldBack: boolean;
  readonly byLength: readonly LengthCount[];
  readonly byGap: readonly GapCount[];
}

export function countReads(unit: number, idle: Idle, reads: readonly LineRead[]): Counts {
  const outcomes = reads.map((read) => read.outcome);
  const good = outcomes.filter((outcome) => outcome.at === "good");
  const bad = outcomes.filter((outcome) => outcome.at === "bad").map((outcome) => outcome.frame);
  const placed = (place: BadFrame["place"]) => bad.filter((frame) => frame.place === place).length;
  return {
    ...idle,
    unit,
    asked: reads.length,
    good: good.length,
    badCrc: bad.filter((frame) => frame.length === "right").length,
    short: bad.filter((frame) => frame.length === "short").length,
    long: bad.filter((frame) => frame.length === "long").length,
    silent: countOf(reads, "silent"),
    exceptions: countOf(reads, "exception"),
    neverSilent: countOf(reads, "neverSilent"),
    doubled: reads.reduce((sum, read) => sum + read.doubled, 0),
    clipped: bad.filter((frame) => frame.clipped).length,
    headed: bad.filter((frame) => frame.headed).length,
    placed: { first: placed("first"), middle: placed("middle"), last: placed("last") },
    latenciesMs: good.map((outcome) => outcome.latencyMs),
    waitsMs: good.map((outcome) => outcome.waitMs),
    heldBack: isHeldBack(arrivalsOf(reads)),
    byLength: byLength(reads.filter((read) => read.gapMs === undefined)),
    byGap: byGap(reads),
  };
}

function byLength(reads: readonly LineRead[]): readonly LengthCount[] {
  return distinct(reads.map((read) => read.registers)).map((registers) => {
    const alike = reads.filter((read) => read.registers === registers);
    return {
      registers,
      asked: alike.length,
      good: countOf(alike, "good"),
      badCrc: countOf(alike, "bad"),
      silent: countOf(alike, "silent"),
    };
  });
}

function byGap(reads: readonly LineRead[]): readonly GapCount[] {
  return distinct(reads.flatMap(({ gapMs }) => gapMs ?? [])).map((gapMs) => {
    const alike = reads.filter((read) => read.gapMs === gapMs);
    return { gapMs, asked: alike.length, good: countOf(alike, "good") };
  });
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function countOf(reads: readonly LineRead[], at: Outcome["at"]): number {
  return reads.filter((read) => read.outcome.at === at).length;
}
