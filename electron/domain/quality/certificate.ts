import type { Phrase } from "../phrase.ts";

/** Reads of one length and what came of them. */
export interface LengthCount {
  readonly registers: number;
  readonly asked: number;
  readonly good: number;
  /** damaged in any way, too short and too long included */
  readonly badCrc: number;
  readonly silent: number;
}

/** Reads with one pause before each. */
export interface GapCount {
  readonly gapMs: number;
  readonly asked: number;
  readonly good: number;
}

/** What one read came to, a letter each. */
export const readCodes = {
  good: "g",
  /** good, but far later than usual */
  late: "l",
  badCrc: "c",
  short: "s",
  long: "x",
  silent: "n",
  exception: "e",
  /** the line never fell silent, so nothing was asked */
  neverSilent: "b",
} as const;
export type ReadKind = keyof typeof readCodes;

/** Every read in the order of asking, one entry each; the latencies of good and late ones are the certificate's. */
export interface ReadStrip {
  /** one letter of `readCodes` a read */
  readonly codes: string;
  /** since the measurement began */
  readonly atMs: readonly number[];
  readonly registers: readonly number[];
  /** all that came back */
  readonly bytes: readonly number[];
}

/** How well a unit can be read over its line: measured, judged, and the likeliest cause named. */
export interface Certificate {
  readonly unit: number;
  readonly asked: number;
  readonly good: number;
  readonly badCrc: number;
  readonly short: number;
  readonly long: number;
  readonly silent: number;
  /** answers that say no are answers: they are good frames */
  readonly exceptions: number;
  /** our own request came back first: a two-wire adapter with echo */
  readonly echo: boolean;
  /** bytes that arrived while nobody was asked, in `idleMs` */
  readonly idleBytes: number;
  readonly idleMs: number;
  /** bad frames of all frames that came, 0–1, and the limit it was judged by */
  readonly badShare: number;
  readonly limit: number;
  /** the share is below this, 19 times in 20: few reads cannot prove a low one */
  readonly atMost: number;
  /** ms of every good read, in the order of asking */
  readonly latenciesMs: readonly number[];
  readonly byLength: readonly LengthCount[];
  readonly byGap: readonly GapCount[];
  /** the other unit that was asked before each of those pauses; null: this one itself */
  readonly after: number | null;
  /** other units that answered when the measurement began; null: there were none to ask */
  readonly neighbours: readonly number[] | null;
  readonly reads: ReadStrip;
  /** where damaged frames were damaged: shares of first bytes, middle and end, of those where it could be told */
  readonly damage: { readonly first: number; readonly middle: number; readonly last: number };
  /** damaged frames by twelfths of their length */
  readonly damagedAt: readonly number[];
  readonly verdict: "good" | "slow" | "bad";
  /** a `cause.*` phrase: what it most likely is, and the next test to make */
  readonly says: Phrase;
}

/** Bad frames that a line may have: one in a thousand. */
export const usualLimit = 0.001;
