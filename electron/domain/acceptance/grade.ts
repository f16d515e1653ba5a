import type { Site } from "../site/site.ts";
import { tagKey } from "../tag/tag.ts";
import { isProvable } from "../verify/summary.ts";
import type { VerdictState } from "../verify/tagCheck.ts";
import type { Acceptance } from "./acceptance.ts";
import { itemsOf, severities } from "./checklist.ts";

/** `notHeld`: no acceptance test was planned; the three others are how telecom sites are closed. */
export const grades = ["notHeld", "open", "conditional", "accepted"] as const;
export type Grade = (typeof grades)[number];

/** What keeps the grade down, each with how many. */
export const reasons = [
  "majorItemsLeft",
  "minorItemsLeft",
  "majorDefects",
  "minorDefects",
  "defectsUnowned",
  "tagsUnproved",
  "tagsDeferred",
  "forced",
] as const;
export type Reason = (typeof reasons)[number];

/** How far the test has come. */
export interface Standing {
  readonly grade: Grade;
  readonly good: boolean;
  readonly reasons: readonly { readonly reason: Reason; readonly count: number }[];
  readonly items: Readonly<Record<"total" | "ok" | "nok" | "na" | "left", number>>;
  /** provable tags: proved by Verify or passed by hand (`proved`), bad, put off, not looked at */
  readonly tags: Readonly<Record<"total" | "proved" | "bad" | "deferred" | "untested", number>>;
  /** judged of all items and tags, 0 to 1 */
  readonly coverage: number;
}

export type TagStanding = "proved" | "bad" | "deferred" | "untested";

/**
 * Verdict and grade: accepted when nothing is left; conditional when only minor things are, each with an owner; open
 * otherwise. Without a plan the verdict is that of the proof alone.
 *
 * @param latest the last word of Verify on each tag, by tagKey
 */
export function standingOf(
  site: Pick<Site, "tags">,
  state: Acceptance,
  latest: ReadonlyMap<string, { readonly state: VerdictState; readonly at: number }>,
): Standing {
  const items = { total: 0, ok: 0, nok: 0, na: 0, left: 0 };
  const itemsLeft = { major: 0, minor: 0 };
  for (const { key, severity } of itemsOf(state.checklists)) {
    const result = state.checks[key]?.at(-1)?.result;
    items.total += 1;
    items[result ?? "left"] += 1;
    if (result === undefined) itemsLeft[severity] += 1;
  }
  const tags = { total: 0, proved: 0, bad: 0, deferred: 0, untested: 0 };
  for (const tag of site.tags.filter(isProvable)) {
    tags.total += 1;
    tags[tagStanding(tagKey(tag), state, latest)] += 1;
  }
  const open = state.defects.filter(({ closed }) => closed === null);
  const [major = 0, minor = 0] = severities.map(
    (severity) => open.filter((defect) => defect.severity === severity).length,
  );
  const forced = state.forced.filter(({ released }) => released === null).length;
  const counts: Readonly<Record<Reason, number>> = {
    majorItemsLeft: itemsLeft.major,
    minorItemsLeft: itemsLeft.minor,
    majorDefects: major,
    minorDefects: minor,
    defectsUnowned: open.filter(({ owner }) => owner === "").length,
    tagsUnproved: tags.bad + tags.untested,
    tagsDeferred: tags.deferred,
    forced,
  };
  const isOpen =
    itemsLeft.major + major + counts.defectsUnowned + counts.tagsUnproved + forced > 0 || tags.total === 0;
  const isClean = reasons.every((reason) => counts[reason] === 0);
  const held = state.plannedAt !== null;
  const total = items.total + tags.total;
  return {
    grade: held ? (isOpen ? "open" : isClean ? "accepted" : "conditional") : "notHeld",
    good: held ? !isOpen : tags.total > 0 && tags.proved === tags.total,
    reasons: reasons
      .filter((reason) => counts[reason] > 0)
      .map((reason) => ({ reason, count: counts[reason] })),
    items,
    tags,
    coverage: total === 0 ? 0 : (total - items.left - tags.deferred - tags.untested) / total,
  };
}

/** What was said last counts, by Verify or by hand. */
export function tagStanding(
  key: string,
  state: Pick<Acceptance, "points">,
  latest: ReadonlyMap<string, { readonly state: VerdictState; readonly at: number }>,
): TagStanding {
  const proof = latest.get(key);
  const byHand = state.points[key]?.at(-1);
  const judged = proof !== undefined && proof.state !== "waiting" ? proof : undefined;
  if (byHand !== undefined && (judged === undefined || byHand.at >= judged.at)) {
    if (byHand.result === "deferred") return "deferred";
    return byHand.result === "fail" ? "bad" : "proved";
  }
  if (judged === undefined) return "untested";
  return judged.state === "same" ? "proved" : "bad";
}
