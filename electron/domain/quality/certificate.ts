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
  /** ms of every good read, in the order of asking */
  readonly latenciesMs: readonly number[];
  readonly byLength: readonly LengthCount[];
  readonly byGap: readonly GapCount[];
  /** where damaged frames were damaged: shares of first bytes, middle and end, of those where it could be told */
  readonly damage: { readonly first: number; readonly middle: number; readonly last: number };
  readonly verdict: "good" | "slow" | "bad";
  /** a `cause.*` phrase: what it most likely is, and the next test to make */
  readonly says: Phrase;
}

/** Bad frames that a line may have: one in a thousand. */
export const usualLimit = 0.001;
