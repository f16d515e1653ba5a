import { badFrames, findCause, isSlow } from "./cause.ts";
import { type Certificate, usualLimit } from "./certificate.ts";
import type { Counts } from "./lineReads.ts";

/**
 * The certificate of what was counted.
 *
 * @param limit bad frames that are accepted, of all frames that came; the same share of reads may stay unanswered,
 * and one read always may
 */
export function judge(counts: Counts, limit: number = usualLimit): Certificate {
  const bad = badFrames(counts);
  const came = counts.good + counts.exceptions + bad;
  const badShare = came === 0 ? 0 : bad / came;
  const lost = counts.silent + counts.neverSilent;
  const isBad = badShare > limit || came === 0 || (lost > 1 && lost > limit * counts.asked);
  const placed = counts.placed.first + counts.placed.middle + counts.placed.last;
  const share = (part: number) => (placed === 0 ? 0 : part / placed);
  return {
    unit: counts.unit,
    asked: counts.asked,
    good: counts.good,
    badCrc: counts.badCrc,
    short: counts.short,
    long: counts.long,
    silent: counts.silent,
    exceptions: counts.exceptions,
    echo: counts.echo,
    idleBytes: counts.idleBytes,
    idleMs: counts.idleMs,
    badShare,
    limit,
    atMost: upperBound(bad, came),
    latenciesMs: counts.latenciesMs,
    byLength: counts.byLength,
    byGap: counts.byGap,
    after: counts.after,
    neighbours: counts.neighbours,
    reads: counts.strip,
    damage: {
      first: share(counts.placed.first),
      middle: share(counts.placed.middle),
      last: share(counts.placed.last),
    },
    damagedAt: counts.damagedAt,
    verdict: isBad ? "bad" : isSlow(counts) ? "slow" : "good",
    says: findCause(counts, isBad),
  };
}

/** One-sided, 95 %. */
const z = 1.645;

/**
 * The share that so many bad ones of all speak for at the worst; 1 where there were none to look at.
 * @see Wilson, Probable inference, the law of succession, and statistical inference (1927)
 */
function upperBound(bad: number, all: number): number {
  if (all === 0) return 1;
  const share = bad / all;
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z / (2 * all)) ** 2);
  return Math.min(1, (share + z ** 2 / (2 * all) + spread) / (1 + z ** 2 / all));
}
