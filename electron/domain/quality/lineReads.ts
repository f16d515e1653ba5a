import { arrivalsOf, isHeldBack } from "./adapterTimer.ts";
import { type BadFrame, damageBins } from "./badFrame.ts";
import type { GapCount, LengthCount, ReadStrip } from "./certificate.ts";
import { stripOf } from "./readStrip.ts";

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
  /** when it was asked, since the measurement began */
  readonly atMs: number;
  readonly registers: number;
  /** all that came back, damaged or not */
  readonly bytes: number;
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

/** Who else was on the line. */
export interface Company {
  /** other units that answered before the measurement; null: there are none to ask */
  readonly neighbours: readonly number[] | null;
  /** the one that was asked before each read of `byGap`; null: the unit's own answer came before */
  readonly after: number | null;
  /** this unit was certified as good once while no other answered */
  readonly goodAlone: boolean;
}

const noCompany: Company = { neighbours: null, after: null, goodAlone: false };

/** Everything a certificate is judged from. */
export interface Counts extends Idle, Company {
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
  /** damaged frames by where in them, see damageBins */
  readonly damagedAt: readonly number[];
  /** the last answer before a silence that lasted to the end; undefined where there is none such */
  readonly diedAtMs: number | undefined;
  readonly strip: ReadStrip;
}

export function countReads(
  unit: number,
  idle: Idle,
  reads: readonly LineRead[],
  company: Company = noCompany,
): Counts {
  const outcomes = reads.map((read) => read.outcome);
  const good = outcomes.filter((outcome) => outcome.at === "good");
  const bad = outcomes.filter((outcome) => outcome.at === "bad").map((outcome) => outcome.frame);
  const placed = (place: BadFrame["place"]) => bad.filter((frame) => frame.place === place).length;
  return {
    ...idle,
    ...company,
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
    latenciesMs: good.map((outcome) => Math.round(10 * outcome.latencyMs) / 10),
    waitsMs: good.map((outcome) => outcome.waitMs),
    heldBack: isHeldBack(arrivalsOf(reads)),
    byLength: byLength(reads.filter((read) => read.gapMs === undefined)),
    byGap: byGap(reads),
    damagedAt: damageBins(bad),
    diedAtMs: diedAtMs(reads),
    strip: stripOf(reads),
  };
}

/** So many reads in a row without a byte, to the end, are no pause of a busy unit. */
export const readsOfDead = 20;

function diedAtMs(reads: readonly LineRead[]): number | undefined {
  const last = reads.findLastIndex(({ outcome }) => outcome.at === "good" || outcome.at === "exception");
  const rest = reads.slice(last + 1);
  const isDead =
    last >= 0 && rest.length >= readsOfDead && rest.every(({ outcome }) => outcome.at === "silent");
  return isDead ? reads[last]?.atMs : undefined;
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
