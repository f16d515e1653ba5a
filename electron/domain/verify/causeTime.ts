import type { Value } from "#domain/tag/tag.ts";
import type { Cause } from "./cause.ts";
import { numberOf, sameValue } from "./closeness.ts";
import type { Seen } from "./seen.ts";
import type { TagCheck, WireSample } from "./tagCheck.ts";

/** Lags of one delay may differ by this much and the time between two reads. */
const steadyMs = 1000;

/**
 * The far end moves as the wire did, always so much later than its time stamps say: they tell when it was published
 * and not when it was read. One late value alone may as well be one that stands still.
 */
export function publishTime(check: TagCheck, series: readonly Seen[]): Cause | undefined {
  const newest = series.at(-1);
  const heardFrom = check.wire[0]?.at;
  if (newest === undefined || heardFrom === undefined) return undefined;
  const slack = steadyMs + 2 * check.intervalMs;
  // Every place where the newest value can come from gives a lag; the others must have the same one.
  for (const place of placesOf(check, newest)) {
    const lagMs = newest.span.to - place.at;
    // What is older than the first read of the wire cannot be found there.
    const findable = series.filter((one) => one.span.to - lagMs >= heardFrom);
    if (new Set(findable.map(({ value }) => String(value))).size < 2) continue;
    const isSteadyLag = findable.every((one) =>
      placesOf(check, one).some(({ at }) => Math.abs(one.span.to - at - lagMs) <= slack),
    );
    if (isSteadyLag) return { code: "verdict.publishTime", facts: { lagMs } };
  }
  return undefined;
}

/** Reads before a value's time that it can stem from, newest first. */
function placesOf(check: TagCheck, { value, span }: Seen): readonly WireSample[] {
  const old = check.wire.filter((sample) => sample.at < span.from);
  return old
    .filter((sample, index) => {
      if (sameValue(check.tag, sample.value, value)) return true;
      const next = check.wire[check.wire.indexOf(sample) + 1] ?? old[index + 1];
      return next !== undefined && isBetween(sample.value, next.value, value);
    })
    .reverse();
}

function isBetween(one: Value, other: Value, value: Value): boolean {
  const [a, b, seen] = [numberOf(one), numberOf(other), numberOf(value)];
  if (a === undefined || b === undefined || seen === undefined || a === b) return false;
  return seen >= Math.min(a, b) && seen <= Math.max(a, b);
}

/** A value that the wire had before: the far end stands still. */
export function outdated(check: TagCheck, series: readonly Seen[]): Cause | undefined {
  const newest = series.at(-1);
  if (newest === undefined || !standsStill(series)) return undefined;
  const first = series[0] ?? newest;
  const old = check.wire.findLast(
    (sample) => sample.at < first.span.from && sameValue(check.tag, sample.value, newest.value),
  );
  return old && { code: "verdict.stale", facts: { ageMs: Math.max(0, check.now - old.at) } };
}

/** So many messages in a row with one value, while the wire moved in between, are no chance. */
const fewest = 3;

/** One value again and again while the wire moves: the far end stood still before it was first looked at. */
export function frozen(check: TagCheck, series: readonly Seen[]): Cause | undefined {
  const first = series[0];
  if (first === undefined || series.length < fewest || !standsStill(series)) return undefined;
  const during = check.wire.filter((sample) => sample.at >= first.span.from);
  const [one] = during;
  const moved =
    one !== undefined && during.filter((sample) => !sameValue(check.tag, sample.value, one.value));
  if (!moved || moved.length < fewest) return undefined;
  return { code: "verdict.stale", facts: { ageMs: Math.max(0, check.now - first.span.from) } };
}

function standsStill(series: readonly Seen[]): boolean {
  return new Set(series.map(({ value }) => String(value))).size === 1;
}
