import type { CallOutput } from "#contract/contract.ts";
import { type Finding, findingSeverities, type Severity } from "#domain/lint/finding.ts";
import { fixOf } from "#domain/lint/fix.ts";
import { lintDesignInSlices } from "#domain/lint/lintDesign.ts";
import { lintNeuron } from "#domain/lint/lintNeuron.ts";
import { budgetSiteInSlices, type LineBudget } from "#domain/plan/busBudget.ts";
import { measuredWaits } from "#domain/plan/measuredWaits.ts";
import type { Site } from "#domain/site/site.ts";
import type { Sliced } from "#domain/sliced.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import { inSlices } from "./inSlices.ts";
import type { ProfileDesk } from "./profileDesk.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { World } from "./world.ts";

type LintView = CallOutput<"tags.lint">;
type PlanView = CallOutput<"tags.plan">;

/** What is wrong with the tags, and whether the lines have time for them. */
export interface LintDesk {
  plan(signal: AbortSignal): Promise<PlanView>;
  lint(signal: AbortSignal): Promise<LintView>;
  /** lints what the gateway runs now; nothing there can be mended with an edit of the site */
  lintGateway(signal: AbortSignal): Promise<LintView>;
}

/** Findings that are listed: nobody reads further, and the counts say how many there are. */
const mostListed = 2000;

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

export function lintDesk(world: World, desk: SiteDesk, gateway: GatewayDesk, devices: ProfileDesk): LintDesk {
  function budget(site: Site): Sliced<readonly LineBudget[]> {
    return budgetSiteInSlices(site, { waitsMs: measuredWaits(desk.evidence(), site) });
  }

  const signedIn = () => (gateway.signedIn ? { gateway: gateway.session() } : {});

  return {
    async plan(signal) {
      const lines = await inSlices(budget(desk.site()), world, signal);
      const good = lines.every(({ groups }) => groups.every(({ state }) => state !== "over"));
      // The view has mutable copies of the same shapes.
      return { good, lines: lines as PlanView["lines"] };
    },
    async lint(signal) {
      const profiles = await devices.ofUnits(desk.site());
      const site = desk.site();
      function* work(): Sliced<LintView> {
        const lines = yield* budget(site);
        const found = yield* lintDesignInSlices(site, { budget: lines, profiles, ...signedIn() });
        return viewOf(found, site.tags);
      }
      return inSlices(work(), world, signal);
    },
    async lintGateway(signal) {
      const session = gateway.session();
      return viewOf(lintNeuron(await session.config(signal), session), undefined);
    },
  };
}

/** @param tags of the site; without them nothing is offered to be mended */
function viewOf(found: readonly Finding[], tags: readonly Tag[] | undefined): LintView {
  const counts = { error: 0, warning: 0, notice: 0 };
  const byId: Record<string, number> = {};
  for (const { id } of found) {
    counts[findingSeverities[id]]++;
    byId[id] = (byId[id] ?? 0) + 1;
  }
  const listed = found
    .toSorted((a, b) => rank[findingSeverities[a.id]] - rank[findingSeverities[b.id]])
    .slice(0, mostListed);
  const told = new Set(listed.map(({ tag }) => tag));
  const known = new Map(
    (tags ?? []).map((tag) => [tagKey(tag), tag] as const).filter(([key]) => told.has(key)),
  );
  const findings = listed.map((finding) => {
    const { id, facts, tag = null, line = null, group = null, field = null } = finding;
    const fix = tags && fixOf(finding, tag === null ? undefined : known.get(tag));
    return {
      id,
      severity: findingSeverities[id],
      tag,
      line,
      group,
      field,
      facts: { ...facts },
      fix: fix ?? null,
    };
  });
  return { counts, byId, findings: findings as LintView["findings"] };
}
