import type { CallOutput } from "#contract/contract.ts";
import type { FailureView, SiteView, TagView } from "#contract/views.ts";

export type Plan = CallOutput<"gateway.plan">;

export const planKinds = ["add", "change", "remove"] as const;
export type PlanKind = (typeof planKinds)[number];

/** How many nodes and tags differ between the design and what runs. */
export function differencesOf(plan: Plan): number {
  return planKinds.reduce((sum, kind) => sum + plan.nodes[kind].length + plan.tags[kind], 0);
}

/** A problem of the design with its place by name: `pump/flow · address` where the lint says `tags[3].address`. */
export function withNamedPlace(
  problem: FailureView,
  tags: readonly TagView[],
  head: Pick<SiteView["head"], "lines" | "groups">,
): FailureView {
  const match = /^(tags|lines|groups)\[(\d+)\](?:\.(.+))?$/.exec(problem.at?.field ?? "");
  if (!match) return problem;
  const [, list, place, member] = match;
  const at = Number(place);
  const tag = tags[at]?.tag;
  const name =
    list === "tags"
      ? tag && `${tag.group}/${tag.name}`
      : list === "lines"
        ? head.lines[at]?.name
        : head.groups[at]?.name;
  if (name === undefined) return problem;
  return { ...problem, at: { field: member === undefined ? name : `${name} · ${member}` } };
}
