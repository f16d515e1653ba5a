import { z } from "zod";
import type { Rule, Stream } from "#domain/site/site.ts";

/** What an eKuiper runs: everything that its rule set export holds. */
export interface EkuiperState {
  readonly streams: readonly Stream[];
  readonly tables: readonly Stream[];
  readonly rules: readonly RunningRule[];
}

/** A rule with its order to run; `false`: somebody stopped it. */
export interface RunningRule extends Rule {
  readonly triggered: boolean;
}

/** A rule as eKuiper keeps it. Passwords in actions come in clear. */
export const ruleSchema = z.looseObject({
  id: z.string(),
  sql: z.string(),
  actions: z.array(z.record(z.string(), z.unknown())),
  options: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((options) => options ?? {}),
  triggered: z.boolean().default(true),
});

const statements = z
  .record(z.string(), z.string())
  .nullish()
  .transform((items) => named(items ?? {}));

const rules = z
  .record(z.string(), z.string())
  .nullish()
  .transform((items, context): RunningRule[] =>
    Object.entries(items ?? {}).flatMap(([id, text]) => {
      const rule = readRule(id, text);
      if (rule === undefined) context.addIssue({ code: "custom", message: `rule ${id} is no rule` });
      return rule ? [rule] : [];
    }),
  );

/** The document of `POST /ruleset/export`: its rules are JSON inside of JSON. */
export const rulesetSchema = z
  .looseObject({ streams: statements, tables: statements, rules })
  .transform(({ streams, tables, rules: held }): EkuiperState => ({ streams, tables, rules: held }));

const stream = z.object({ name: z.string(), sql: z.string() });
const stateSchema = z.object({
  streams: z.array(stream),
  tables: z.array(stream),
  rules: z.array(
    z.object({
      id: z.string(),
      sql: z.string(),
      actions: z.array(z.record(z.string(), z.unknown())),
      options: z.record(z.string(), z.unknown()),
      triggered: z.boolean(),
    }),
  ),
});

/** Such a state as it was kept; undefined for anything else. */
export function readEkuiperState(json: unknown): EkuiperState | undefined {
  return stateSchema.safeParse(json).data;
}

/** The same as the document that eKuiper's import takes; the same for the same state, byte for byte. */
export function printRuleset({ streams, tables, rules: held }: EkuiperState): string {
  const statementsOf = (items: readonly Stream[]) =>
    Object.fromEntries(items.map(({ name, sql }) => [name, sql] as const).toSorted(byName));
  const texts = held.map((rule) => [rule.id, printRule(rule)] as const).toSorted(byName);
  const document = {
    streams: statementsOf(streams),
    tables: statementsOf(tables),
    rules: Object.fromEntries(texts),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A rule as eKuiper takes it. */
export function printRule({ id, sql, actions, options, triggered }: RunningRule): string {
  return JSON.stringify({ id, sql, actions, options, triggered });
}

function readRule(id: string, text: string): RunningRule | undefined {
  try {
    const { sql, actions, options, triggered } = ruleSchema.parse({ id, ...JSON.parse(text) });
    return { id, sql, actions, options, triggered };
  } catch {
    return undefined;
  }
}

function named(items: Readonly<Record<string, string>>): Stream[] {
  return Object.entries(items).map(([name, sql]) => ({ name, sql }));
}

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}
