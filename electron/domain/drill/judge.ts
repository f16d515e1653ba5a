import { causeOf, type LossWorld, tally } from "./causes.ts";
import type {
  Arrival,
  DrillCause,
  DrillCounts,
  DrillFacts,
  DrillGroup,
  DrillOutcome,
  DrillTag,
  SentMessage,
  TagOutcome,
} from "./model.ts";
import { readSeries, type Series } from "./series.ts";

/** What comes this much later than usual, and an interval more, is late. */
export const lateAfterMs = 1000;

/**
 * Counts what an outage did to each tag, from what a subscriber received, by the messages' own time stamps; what the
 * proxy saw tells apart what was never sent and what was sent into the dead link.
 *
 * @param arrivals in the order in which they came
 */
export function judgeDrill(
  groups: readonly DrillGroup[],
  arrivals: readonly Arrival[],
  facts: DrillFacts,
): DrillOutcome {
  const offsetMs = clockOffsetMs(arrivals, facts.cutAt);
  const byGroup = new Map<string, Arrival[]>(groups.map(({ key }) => [key, []]));
  for (const arrival of arrivals) byGroup.get(arrival.key)?.push(arrival);
  const isLate = (one: Arrival, intervalMs: number) =>
    one.at - (one.timestamp + offsetMs) > intervalMs + lateAfterMs;
  const backlogOf = (group: DrillGroup) =>
    (byGroup.get(group.key) ?? []).filter((one) => isLate(one, group.intervalMs));
  const replayed = groups.reduce((sum, group) => sum + backlogOf(group).length, 0);
  const lostBy: DrillCause[] = [];
  let skipped = 0;

  const judged = groups.map((group) => {
    const own = byGroup.get(group.key) ?? [];
    const world: LossWorld = {
      facts,
      offsetMs,
      intervalMs: group.intervalMs,
      backlog: backlogOf(group)
        .map((one) => one.timestamp)
        .sort((a, b) => a - b),
      replayed,
      swallowed: swallowedOf(group, own, facts),
      isBack: own.some((one) => one.timestamp + offsetMs >= facts.restoredAt),
    };
    const whole = countsOf(
      own,
      group.tags.some((tag) => !tag.onChange),
      world,
    );
    lostBy.push(...whole.causesEach);
    skipped += whole.skipped;
    const tags = group.tags.map((tag): TagOutcome & { readonly onChange: boolean } => {
      const having = own.filter((one) => one.tags.includes(tag.name));
      // Most groups send all their tags with every message: those are counted once.
      const isWhole = !tag.onChange && having.length === own.length;
      const { counts } = isWhole ? whole : countsOf(having, !tag.onChange, of(world, tag));
      return { key: tag.key, group: group.key, onChange: tag.onChange, ...counts };
    });
    return { group: { key: group.key, ...whole.counts, missing: whole.missing }, tags };
  });
  const outcomes = judged.map(({ group }) => group);
  const lost = outcomes.reduce((sum, one) => sum + (one.lost ?? 0), 0);
  // What was never sent nobody saw. It is known to be nothing only where all the rest came through a cache.
  const changesKnown = facts.sent !== null && facts.cache?.on === true && lost === 0;
  return {
    groups: outcomes,
    tags: judged.flatMap(({ tags }) =>
      tags.map(({ onChange, ...tag }) =>
        onChange && !changesKnown ? { ...tag, expected: null, lost: tag.lost === 0 ? null : tag.lost } : tag,
      ),
    ),
    causes: tally(lostBy),
    waitedMs: waitedMs(arrivals, facts, offsetMs, (one) => isLate(one, shortest(groups))),
    held: lost === 0 && facts.reconnectedAt === null && facts.sent !== null && replayed > 0,
    skipped,
    offsetMs,
    perSecond: groups.reduce((sum, { intervalMs }) => sum + 1000 / intervalMs, 0),
  };
}

interface Counted {
  readonly counts: DrillCounts;
  readonly causesEach: readonly DrillCause[];
  readonly missing: readonly number[];
  readonly skipped: number;
}

function of(world: LossWorld, tag: DrillTag): LossWorld {
  return { ...world, swallowed: world.swallowed.filter((sent) => sent.tags.includes(tag.name)) };
}

/** @param regular one message an interval was to come; else only the proxy knows what was */
function countsOf(own: readonly Arrival[], regular: boolean, world: LossWorld): Counted {
  const { facts, offsetMs, intervalMs } = world;
  const series = readSeries(own, {
    intervalMs,
    offsetMs,
    lateAfterMs: intervalMs + lateAfterMs,
    untilTimestamp: regular ? facts.endedAt - offsetMs : undefined,
  });
  const due = regular ? series.missing : world.swallowed.map((sent) => sent.timestamp);
  const whys = due.map((timestamp) => ({ timestamp, cause: causeOf(timestamp, world) }));
  const lostOnes = whys.filter(
    (one): one is { timestamp: number; cause: DrillCause } => one.cause !== "skipped",
  );
  const missing = lostOnes.map(({ timestamp }) => timestamp);
  const causesEach = lostOnes.map(({ cause }) => cause);
  const isKnown = regular || facts.sent !== null;
  return {
    causesEach,
    missing,
    skipped: due.length - missing.length,
    counts: {
      expected: isKnown ? series.times.length + missing.length : null,
      lost: isKnown ? missing.length : null,
      ...figures(series),
      causes: tally(causesEach),
    },
  };
}

function figures({ times, duplicated, reordered, late, longestLateMs }: Series) {
  return { arrived: times.length, duplicated, reordered, late, longestLateMs };
}

/** What the publisher sent of a group and the subscriber never saw. */
function swallowedOf(group: DrillGroup, own: readonly Arrival[], facts: DrillFacts): readonly SentMessage[] {
  const came = new Set(own.map(({ timestamp, mark }) => `${timestamp} ${mark}`));
  return (facts.sent ?? []).filter(
    ({ key, timestamp, mark }) => key === group.key && !came.has(`${timestamp} ${mark}`),
  );
}

/** Our clock minus the publisher's: the quickest message before the cut had the least in between. */
export function clockOffsetMs(arrivals: readonly Arrival[], cutAt: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { at, timestamp } of arrivals) if (at <= cutAt) least = Math.min(least, at - timestamp);
  return Number.isFinite(least) ? least : 0;
}

const soonMs = 1000;
const worthTellingMs = 3000;

/** How long the backlog lay ready until a fresh message pulled it along; null where it came by itself. */
function waitedMs(
  arrivals: readonly Arrival[],
  facts: DrillFacts,
  offsetMs: number,
  isLate: (one: Arrival) => boolean,
): number | null {
  const readyAt = facts.reconnectedAt ?? facts.restoredAt;
  const after = arrivals.filter((one) => one.at >= readyAt);
  const backlog = after.find((one) => isLate(one) && one.timestamp + offsetMs < readyAt);
  const fresh = after.find((one) => one.timestamp + offsetMs >= readyAt);
  if (backlog === undefined || fresh === undefined) return null;
  const together = Math.abs(fresh.at - backlog.at) <= soonMs;
  const ms = backlog.at - readyAt;
  return together && ms > worthTellingMs ? Math.round(ms) : null;
}

function shortest(groups: readonly DrillGroup[]): number {
  return Math.min(...groups.map(({ intervalMs }) => intervalMs));
}
