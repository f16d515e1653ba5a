import { abilitiesOf } from "../gateway/dialect.ts";
import type { LineBudget } from "../plan/busBudget.ts";
import type { Site } from "../site/site.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import type { Report } from "./finding.ts";
import { isLongName } from "./lintTags.ts";

/** Groups that one node of Neuron takes. */
export const mostGroups = 512;

/** The gateway that the site is for. */
export interface GatewayKind {
  readonly product: "Neuron" | "NeuronEX";
  readonly version: string;
}

/** The shortest interval that a gateway takes; one that nobody asked counts as the oldest. */
export function leastIntervalMs(gateway: GatewayKind | undefined): number {
  return abilitiesOf(gateway?.product ?? "Neuron", gateway?.version ?? "").shortestIntervalMs;
}

/** What is wrong with the groups of a site, their intervals above all. */
export function lintGroups(
  site: Pick<Site, "groups" | "lines" | "tags">,
  budgets: readonly LineBudget[],
  gateway: GatewayKind | undefined,
  report: Report,
): void {
  lintUnknown(site, report);
  const leastMs = leastIntervalMs(gateway);
  for (const { line, name, intervalMs } of site.groups) {
    const at = { line, group: name };
    if (isLongName(name)) report({ id: "group.name.long", ...at, field: "name", facts: { group: name } });
    if (!(intervalMs >= leastMs)) {
      const facts = { group: name, intervalMs, leastMs };
      report({ id: "group.interval.minimum", ...at, field: "intervalMs", facts });
    }
  }
  for (const line of site.lines) {
    const count = site.groups.filter((group) => group.line === line.id).length;
    if (count <= mostGroups) continue;
    const facts = { line: line.name, count, limit: mostGroups };
    report({ id: "line.groups.limit", line: line.id, facts });
  }
  for (const budget of budgets) lintBudget(budget, report);
}

/** Neuron makes a group that a tag names and nobody knows, with an interval of 100 ms. */
function lintUnknown({ groups, tags }: Pick<Site, "groups" | "tags">, report: Report): void {
  const known = new Set(groups.map(({ line, name }) => `${line}/${name}`));
  const told = new Set<string>();
  for (const tag of tags) {
    const key = `${tag.line}/${tag.group}`;
    if (known.has(key) || told.has(key)) continue;
    told.add(key);
    report({ id: "group.unknown", ...placeOf(tag), facts: { group: tag.group, name: tag.name } });
  }
}

function placeOf(tag: Tag) {
  return { tag: tagKey(tag), line: tag.line, group: tag.group, field: "group" };
}

function lintBudget({ line, name, groups }: LineBudget, report: Report): void {
  for (const { group, intervalMs, periodMs, gateway, state, advice } of groups) {
    if (state === "fits") continue;
    const facts = {
      group,
      line: name,
      intervalMs,
      cycleMs: Math.round(gateway.cycleMs),
      periodMs: Math.round(periodMs),
      leastMs: advice?.intervalMs ?? 0,
      tags: advice?.mostTags ?? 0,
      baudRate: advice?.baudRate ?? 0,
    };
    const id = state === "over" ? "group.interval.infeasible" : "group.interval.late";
    report({ id, line, group, field: "intervalMs", facts });
  }
}
