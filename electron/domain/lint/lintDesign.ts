import { type BudgetFacts, budgetSiteInSlices, type LineBudget } from "../plan/busBudget.ts";
import type { Site } from "../site/site.ts";
import { runThrough, type Sliced } from "../sliced.ts";
import type { Finding } from "./finding.ts";
import { type GatewayKind, lintGroups } from "./lintGroups.ts";
import { lintPlaces } from "./lintPlaces.ts";
import { lintProfiles } from "./lintProfiles.ts";
import { lintTags } from "./lintTags.ts";
import type { ProfileFacts } from "./profileFacts.ts";

export interface LintFacts {
  /** profiles of devices by line and unit: `line/unit` */
  readonly profiles?: ReadonlyMap<string, ProfileFacts>;
  /** unknown means the strictest limits */
  readonly gateway?: GatewayKind;
  /** what was measured of the lines; or a budget that was made already */
  readonly budget?: BudgetFacts | readonly LineBudget[];
}

/**
 * What will go wrong with a site's tags although most of it can be applied: Neuron's traps, tags that get in each
 * other's way, groups that are too fast for their line, and what a device's profile knows better.
 */
export function lintDesign(site: Site, facts: LintFacts = {}): readonly Finding[] {
  return runThrough(lintDesignInSlices(site, facts));
}

/** The same for a site that may have many tags. */
export function* lintDesignInSlices(site: Site, facts: LintFacts = {}): Sliced<readonly Finding[]> {
  const findings: Finding[] = [];
  const report = (finding: Finding) => void findings.push(finding);
  const budgets = isMade(facts.budget) ? facts.budget : yield* budgetSiteInSlices(site, facts.budget);
  lintGroups(site, budgets, facts.gateway, report);
  yield* lintTags(site.tags, report);
  yield* lintPlaces(site.tags, report);
  yield* lintProfiles(site.tags, facts.profiles ?? new Map(), report);
  return findings;
}

function isMade(budget: LintFacts["budget"]): budget is readonly LineBudget[] {
  return Array.isArray(budget);
}
