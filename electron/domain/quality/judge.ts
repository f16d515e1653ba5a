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
    latenciesMs: counts.latenciesMs,
    byLength: counts.byLength,
    byGap: counts.byGap,
    damage: {
      first: share(counts.placed.first),
      middle: share(counts.placed.middle),
      last: share(counts.placed.last),
    },
    verdict: isBad ? "bad" : isSlow(counts) ? "slow" : "good",
    says: findCause(counts, isBad),
  };
}
