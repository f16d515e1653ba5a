import type { Arrival } from "./model.ts";

/** What one series of messages came to, when each was meant to follow the last after a fixed interval. */
export interface Series {
  /** time stamps of what came, each once, ascending */
  readonly times: readonly number[];
  readonly duplicated: number;
  readonly reordered: number;
  readonly late: number;
  readonly longestLateMs: number;
  /** when each missing one would have been stamped */
  readonly missing: readonly number[];
}

export interface SeriesWorld {
  readonly intervalMs: number;
  /** our clock minus the publisher's, the quickest way included */
  readonly offsetMs: number;
  /** what comes later than its time stamp and this much more is late */
  readonly lateAfterMs: number;
  /** the last time stamp that was to come; undefined: whatever came last */
  readonly untilTimestamp?: number | undefined;
}

/**
 * @param arrivals in the order in which they came
 */
export function readSeries(arrivals: readonly Arrival[], world: SeriesWorld): Series {
  const seen = new Set<string>();
  const times: number[] = [];
  let [duplicated, reordered, late, longestLateMs] = [0, 0, 0, 0];
  let newest = Number.NEGATIVE_INFINITY;
  for (const { at, timestamp, mark } of arrivals) {
    const identity = `${timestamp} ${mark}`;
    if (seen.has(identity)) {
      duplicated++;
      continue;
    }
    seen.add(identity);
    times.push(timestamp);
    if (timestamp < newest) reordered++;
    newest = Math.max(newest, timestamp);
    const lateMs = at - (timestamp + world.offsetMs);
    if (lateMs <= world.lateAfterMs) continue;
    late++;
    longestLateMs = Math.max(longestLateMs, lateMs);
  }
  times.sort((a, b) => a - b);
  return {
    times,
    duplicated,
    reordered,
    late,
    longestLateMs: Math.round(longestLateMs),
    missing: missingIn(times, world),
  };
}

/**
 * A timer is late now and then, and on time again the next time: a wide gap beside a narrow one is one late message
 * and not a lost one. The interval is taken from the series itself, because a long outage adds up what a publisher's
 * timer is off.
 */
function missingIn(times: readonly number[], world: SeriesWorld): readonly number[] {
  const period = periodOf(times, world.intervalMs);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const counts = gaps.map((gap) => Math.round(gap / period) - 1);
  for (const [index, count] of counts.entries()) {
    if (count >= 0) continue;
    const wide = [index - 1, index + 1].find((other) => (counts[other] ?? 0) > 0);
    if (wide !== undefined) counts[wide] = (counts[wide] ?? 0) - 1;
    counts[index] = 0;
  }
  const missing = counts.flatMap((count, index) => {
    const from = times[index] ?? 0;
    const step = (gaps[index] ?? 0) / (count + 1);
    return Array.from({ length: count }, (_, place) => from + step * (place + 1));
  });
  const last = times.at(-1);
  if (world.untilTimestamp === undefined || last === undefined) return missing;
  // The last one may be under way, and the next one may be late on a busy machine.
  const isOver = world.untilTimestamp - last > period + world.lateAfterMs;
  const behind = isOver ? Math.floor((world.untilTimestamp - last) / period - 0.5) : 0;
  const tail = Array.from({ length: Math.max(0, behind) }, (_, place) => last + period * (place + 1));
  return [...missing, ...tail];
}

/** The middle one of the gaps that are about an interval long. */
export function periodOf(times: readonly number[], intervalMs: number): number {
  const usual: number[] = [];
  for (let index = 1; index < times.length; index++) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (gap > intervalMs * 0.75 && gap < intervalMs * 1.35) usual.push(gap);
  }
  if (usual.length < 3) return intervalMs;
  // The mean and not the middle: time stamps are whole milliseconds, and a long gap multiplies what is cut off.
  return usual.reduce((sum, gap) => sum + gap, 0) / usual.length;
}
