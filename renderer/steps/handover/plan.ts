import type { CallOutput } from "#contract/contract.ts";

export type Plan = CallOutput<"gateway.plan">;

export const planKinds = ["add", "change", "remove"] as const;
export type PlanKind = (typeof planKinds)[number];

/** How many nodes and tags differ between the design and what runs. */
export function differencesOf(plan: Plan): number {
  return planKinds.reduce((sum, kind) => sum + plan.nodes[kind].length + plan.tags[kind], 0);
}
