import type { Arrival, DrillGroup } from "./model.ts";

/** One group on the timeline: messages by the time they were stamped, in bins. */
export interface Lane {
  readonly key: string;
  readonly fresh: readonly number[];
  readonly late: readonly number[];
  readonly lost: readonly number[];
}

export interface Lanes {
  /** our clock, ms since 1970 */
  readonly startAt: number;
  readonly binMs: number;
  readonly lanes: readonly Lane[];
}

const bins = 80;
const mostLanes = 40;

/**
 * @param span from when to when, by our clock
 * @param missing time stamps of what did not come, by group; empty while the drill runs
 */
export function lanesOf(
  groups: readonly DrillGroup[],
  arrivals: readonly Arrival[],
  span: {
    readonly from: number;
    readonly to: number;
    readonly offsetMs: number;
    readonly lateAfterMs: number;
  },
  missing: ReadonlyMap<string, readonly number[]>,
): Lanes {
  const binMs = Math.max(1, Math.ceil((span.to - span.from) / bins));
  const zeros = () => new Array<number>(bins).fill(0);
  const shown = groups.slice(0, mostLanes);
  const lanes = new Map(shown.map(({ key }) => [key, { key, fresh: zeros(), late: zeros(), lost: zeros() }]));
  const intervals = new Map(groups.map(({ key, intervalMs }) => [key, intervalMs]));
  const put = (row: number[], at: number) => {
    const bin = Math.floor((at - span.from) / binMs);
    if (bin >= 0 && bin < bins) row[bin] = (row[bin] ?? 0) + 1;
  };
  for (const { key, at, timestamp } of arrivals) {
    const lane = lanes.get(key);
    if (lane === undefined) continue;
    const stampedAt = timestamp + span.offsetMs;
    const isLate = at - stampedAt > (intervals.get(key) ?? 0) + span.lateAfterMs;
    put(isLate ? lane.late : lane.fresh, stampedAt);
  }
  for (const [key, times] of missing) {
    for (const time of times) put(lanes.get(key)?.lost ?? [], time + span.offsetMs);
  }
  return { startAt: span.from, binMs, lanes: [...lanes.values()] };
}
