import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Rule, RuleSet } from "#domain/site/site.ts";
import { checkRules } from "./checkRules.ts";
import type { EkuiperState, RunningRule } from "./ekuiperState.ts";
import { withActionSecrets } from "./sealRules.ts";

/** What a site wants of an eKuiper, and what is the site's there by earlier changes. */
export interface EkuiperDesign {
  readonly rules: RuleSet | undefined;
  /** actions with their passwords, by rule, as this computer keeps them */
  readonly secrets: ReadonlyMap<string, Rule["actions"]>;
  /** `stream:name` and `rule:id` that this site put there before: they go when the site wants them no more */
  readonly own: readonly string[];
}

export const ownStream = (name: string) => `stream:${name}`;
export const ownRule = (id: string) => `rule:${id}`;

/** What eKuiper is to run: the site's streams and rules, and whatever others have there. Problems: `rule.invalid`. */
export function targetEkuiper(
  design: EkuiperDesign,
  running: EkuiperState,
): Result<EkuiperState, readonly Problem[]> {
  const streams = design.rules?.streams ?? [];
  const rules = design.rules?.rules ?? [];
  const own = new Set(design.own);
  const names = new Set(streams.map(({ name }) => name));
  const ids = new Set(rules.map(({ id }) => id));
  const otherStreams = running.streams.filter(({ name }) => !names.has(name) && !own.has(ownStream(name)));
  const otherRules = running.rules.filter(({ id }) => !ids.has(id) && !own.has(ownRule(id)));
  const problems: Problem[] = design.rules
    ? [
        ...checkRules(
          design.rules,
          [...otherStreams, ...running.tables].map(({ name }) => name),
        ),
      ]
    : [];
  const now = new Map(running.rules.map((rule) => [rule.id, rule.actions]));
  const wanted = rules.flatMap((rule): readonly RunningRule[] => {
    const actions = withActionSecrets(rule.actions, design.secrets.get(rule.id), now.get(rule.id));
    if (actions === undefined)
      problems.push({ code: "rule.invalid", name: rule.id, reason: "passwordMissing" });
    return actions ? [{ ...rule, actions, triggered: true }] : [];
  });
  if (problems.length > 0) return refused(problems);
  return ok({
    streams: [...otherStreams, ...streams],
    tables: running.tables,
    rules: [...otherRules, ...wanted],
  });
}
