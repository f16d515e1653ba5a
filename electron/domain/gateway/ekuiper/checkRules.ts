import type { Problem } from "#domain/problem.ts";
import type { RuleSet } from "#domain/site/site.ts";

/** What makes a stream or a rule unfit, as a word. */
export type RuleFault = "notSelect" | "notStream" | "streamMissing" | "noAction" | "passwordMissing";

const created = /^\s*CREATE\s+(?:STREAM|TABLE)\s+`?([\p{L}\p{N}_-]+)`?\s*\(/iu;
const read = /\b(?:FROM|JOIN)\s+`?([\p{L}\p{N}_-]+)`?/giu;

/** The streams and tables that a statement names. */
export function streamsRead(sql: string): readonly string[] {
  return [...sql.matchAll(read)].map(([, name = ""]) => name);
}

/**
 * What eKuiper would find out only when the rule is to run: `rule.invalid` with the name of each.
 *
 * @param others streams and tables that run there already
 */
export function checkRules({ streams, rules }: RuleSet, others: readonly string[] = []): readonly Problem[] {
  const names = new Set([...others, ...streams.map((stream) => stream.name)]);
  const invalid = (name: string, reason: RuleFault): Problem => ({ code: "rule.invalid", name, reason });
  return [
    ...streams
      .filter(({ name, sql }) => created.exec(sql)?.[1] !== name)
      .map(({ name }) => invalid(name, "notStream")),
    ...rules.flatMap(({ id, sql, actions }): readonly Problem[] => {
      if (!/^\s*SELECT\s/i.test(sql)) return [invalid(id, "notSelect")];
      if (!actions.some((action) => Object.keys(action).length > 0)) return [invalid(id, "noAction")];
      const missing = streamsRead(sql).find((name) => !names.has(name));
      return missing !== undefined ? [invalid(id, "streamMissing")] : [];
    }),
  ];
}
