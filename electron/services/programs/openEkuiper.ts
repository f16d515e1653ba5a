import { z } from "zod";
import { withoutActionSecrets } from "#domain/gateway/ekuiper/sealRules.ts";
import { ownRule, ownStream, targetEkuiper } from "#domain/gateway/ekuiper/targetEkuiper.ts";
import { ownItems } from "#domain/gateway/programIntent.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Rule, RuleSet, Site } from "#domain/site/site.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { World } from "../world.ts";
import { ekuiperSide } from "./ekuiperSide.ts";
import { jsonIn } from "./jsonIn.ts";
import type { NanomqAccount } from "./openNanomq.ts";
import { type OpenProgram, openProgram } from "./openProgram.ts";

export async function openEkuiper(
  world: World,
  desk: SiteDesk,
  account: Pick<NanomqAccount, "url">,
  signal: AbortSignal,
): Promise<OpenProgram> {
  const session = await world.ekuipers.open(account.url, signal);
  const { url, version } = session;
  const own = () => ownItems(desk.evidence(), "ekuiper", url);
  const side = ekuiperSide(world, session, () => (desk.site().rules?.rules ?? []).map(({ id }) => id));
  return openProgram(world, desk, {
    side,
    async wanted() {
      const { rules } = desk.site();
      if (rules === undefined && own().length === 0)
        throw new ProblemError({ code: "program.nothingWanted", program: "ekuiper" });
      const design = { rules, secrets: await ruleSecrets(world, desk.site()), own: own() };
      return {
        own: [
          ...(rules?.streams ?? []).map(({ name }) => ownStream(name)),
          ...(rules?.rules ?? []).map(({ id }) => ownRule(id)),
        ],
        of(state) {
          const target = targetEkuiper(design, state);
          if (!target.ok) throw new ProblemError(...target.problem);
          return target.value;
        },
      };
    },
    facts: { key: "ekuiper", url, user: "", version, defaultPassword: false },
    fileKnown: () => true,
    async items({ streams, rules }, until) {
      const statuses = new Map((await session.statuses(until)).map(({ id, status }) => [id, status]));
      const isOwn = new Set(own());
      return [
        ...streams.map(({ name, sql }) => ({
          kind: "stream" as const,
          name,
          own: isOwn.has(ownStream(name)),
          running: null,
          text: sql,
          counts: null,
        })),
        ...rules.map(({ id, sql }) => ({
          kind: "rule" as const,
          name: id,
          own: isOwn.has(ownRule(id)),
          running: statuses.get(id)?.startsWith("running") === true,
          text: sql,
          counts: null,
        })),
      ];
    },
    async take({ streams, rules }) {
      const taken: RuleSet = {
        url,
        streams,
        rules: rules.map(({ id, sql, actions, options }) => ({ id, sql, actions, options })),
      };
      await keepRuleSecrets(world, desk.site(), taken.rules);
      return { kind: "setRules", rules: withoutRuleSecrets(taken) };
    },
  });
}

/** Passwords in a site's rules are kept apart from the site, as whole actions by rule. */
export async function keepRuleSecrets(world: World, site: Site, rules: readonly Rule[]): Promise<void> {
  const before = await ruleSecrets(world, site);
  const kept = new Map([
    ...before,
    ...rules.filter(hasSecrets).map((rule) => [rule.id, rule.actions] as const),
  ]);
  await world.secrets.set(secretName(site), JSON.stringify(Object.fromEntries(kept)));
}

export function withoutRuleSecrets(rules: RuleSet): RuleSet {
  return {
    ...rules,
    rules: rules.rules.map((rule) => ({ ...rule, actions: withoutActionSecrets(rule.actions) })),
  };
}

function hasSecrets({ actions }: Rule): boolean {
  return JSON.stringify(withoutActionSecrets(actions)) !== JSON.stringify(actions);
}

const keptSchema = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

async function ruleSecrets(world: World, site: Site): Promise<ReadonlyMap<string, Rule["actions"]>> {
  const kept = keptSchema.safeParse(jsonIn(await world.secrets.get(secretName(site))));
  return new Map(Object.entries(kept.success ? kept.data : {}));
}

function secretName(site: Site): string {
  return `rules:${site.id}`;
}
