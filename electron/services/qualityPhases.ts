import type { Clock } from "#capabilities/clock.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { type LineRead, readsOfDead } from "#domain/quality/lineReads.ts";
import type { Line } from "#domain/site/site.ts";
import type { LineTraffic } from "./lineTraffic.ts";
import { answersWhole } from "./qualityNeighbours.ts";
import type { Readable } from "./qualityPlaces.ts";
import type { QualityPlan } from "./qualityPlan.ts";
import type { ReadPlace, UnitReader } from "./qualityReads.ts";

/** A measurement under way: what was read so far, and when it has to end. */
export interface Measuring {
  readonly plan: QualityPlan;
  readonly reads: readonly LineRead[];
  readonly clock: Clock;
  /** monotonic */
  readonly endMs: number;
  note(read: LineRead): void;
  tell(doing: Phrase, leftMs: number): void;
}

const gapsMs = [0, 5, 20, 50] as const;

/** A silent unit, and one that never makes a whole frame, show what they are before all reads are done. */
const readsOfSilent = 8;
const readsOfUnreadable = 60;

/**
 * The lengths take turns, so that a passing disturbance meets all of them, and each round begins with another, so
 * that a unit which misses every second request does not seem to miss one length.
 */
export async function readLengths(
  reader: UnitReader,
  { place, lengths }: Readable,
  { plan, reads, clock, endMs, note, tell }: Measuring,
  unit: number,
): Promise<void> {
  const startedAt = clock.monotonic();
  // A line on which finding out took long still leaves time for the pauses.
  const end = Math.min(startedAt + plan.mostLengthMs, Math.max(endMs - plan.mostGapMs, startedAt));
  for (let done = 0; done < plan.reads && clock.monotonic() < end && !isHopeless(reads); done++) {
    const registers = lengths[(done + Math.floor(done / lengths.length)) % lengths.length] ?? 1;
    const spentMs = clock.monotonic() - startedAt;
    const byPaceMs = done === 0 ? plan.mostLengthMs : (spentMs / done) * (plan.reads - done);
    const leftMs = Math.min(end - clock.monotonic(), byPaceMs) + plan.mostGapMs / 2 + plan.soakMs;
    tell(phrase("doing.readingLength", { unit, registers }), leftMs);
    note(await reader.read(place, registers));
  }
}

/** Nothing came at all, or never a whole frame, or nothing any more: more of the same would tell nothing new. */
function isHopeless(reads: readonly LineRead[]): boolean {
  if (reads.length < readsOfSilent) return false;
  if (reads.every(({ outcome }) => outcome.at === "silent" || outcome.at === "neverSilent")) return true;
  return isDead(reads) || (reads.length >= readsOfUnreadable && !reads.some(isValid));
}

function isDead(reads: readonly LineRead[]): boolean {
  return (
    reads.length > readsOfDead && reads.slice(-readsOfDead).every(({ outcome }) => outcome.at === "silent")
  );
}

function isValid({ outcome }: LineRead): boolean {
  return outcome.at === "good" || outcome.at === "exception";
}

/**
 * Short reads with a pause before each, counted from the answer of another unit where there is one: a frame to
 * somebody else is what units most often cannot follow. Only a read that follows an answer tells something of the
 * pause: the wait for an answer that never came is a long pause already.
 */
export async function readGaps(
  reader: UnitReader,
  { place }: Readable,
  { plan, reads, clock, endMs, note, tell }: Measuring,
  before: {
    readonly line: Line;
    readonly traffic: LineTraffic;
    readonly after: number | null;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  if (!reads.some(isValid) || isDead(reads)) return;
  const { line, traffic, after, signal } = before;
  const latenciesMs = reads.flatMap(({ outcome }) => (outcome.at === "good" ? outcome.latencyMs : []));
  // How late it can be is known by now, and a pause that it cannot do without costs a time-out each time.
  const known = latenciesMs.length < 10 ? line.timeoutMs : 100 + 2 * Math.max(...latenciesMs);
  const timeoutMs = Math.min(line.timeoutMs, known);
  const end = Math.min(endMs, clock.monotonic() + plan.mostGapMs);
  const all = gapsMs.length * plan.readsPerGap;
  const startedAt = clock.monotonic();
  for (let done = 0; done < all && clock.monotonic() < end && !isDead(reads); ) {
    const gapMs = gapsMs[done % gapsMs.length] ?? 0;
    const spentMs = clock.monotonic() - startedAt;
    const byPaceMs = done === 0 ? plan.mostGapMs : (spentMs / done) * (all - done);
    tell(phrase("doing.readingGap", { gapMs }), Math.min(end - clock.monotonic(), byPaceMs) + plan.soakMs);
    const follows =
      after === null
        ? reads.at(-1)?.outcome.at !== "silent"
        : await answersWhole(line, after, traffic, signal);
    note(await reader.read(place, 1, follows ? { gapMs, timeoutMs } : {}));
    if (follows) done += 1;
  }
}

/** So many reads are enough to see when a unit stopped, however long it is watched. */
const readsOfSoak = 1200;

/** Reads now and then for a long time; ends early when the unit has died. */
export async function soak(
  reader: UnitReader,
  place: ReadPlace,
  { plan, reads, clock, note, tell }: Measuring,
  unit: number,
  signal: AbortSignal,
): Promise<void> {
  const end = clock.monotonic() + plan.soakMs;
  const pauseMs = Math.max(plan.soakPauseMs, plan.soakMs / readsOfSoak);
  const doing = phrase("doing.soaking", { unit, minutes: Math.ceil(plan.soakMs / 60_000) });
  while (clock.monotonic() < end && !isDead(reads)) {
    tell(doing, end - clock.monotonic());
    // One after the other, so that a unit that has died is known soon.
    const isSilent = reads.at(-1)?.outcome.at === "silent";
    await clock.sleep(Math.min(isSilent ? plan.soakPauseMs : pauseMs, end - clock.monotonic()), signal);
    note(await reader.read(place, 1));
  }
}
