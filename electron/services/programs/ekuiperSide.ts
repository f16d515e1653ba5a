import type { EkuiperSession } from "#capabilities/ekuiperApi.ts";
import { FaultError } from "#domain/fault.ts";
import { diffEkuiper } from "#domain/gateway/ekuiper/diffEkuiper.ts";
import { type EkuiperState, printRuleset, readEkuiperState } from "#domain/gateway/ekuiper/ekuiperState.ts";
import { planEkuiper } from "#domain/gateway/ekuiper/planEkuiper.ts";
import { withEkuiperSecrets, withoutEkuiperSecrets } from "#domain/gateway/ekuiper/sealRules.ts";
import { phrase } from "#domain/phrase.ts";
import type { World } from "../world.ts";
import { jsonIn } from "./jsonIn.ts";
import type { ProgramSide } from "./programSide.ts";

const askAgainMs = 250;
/** A rule has this long to run before what ran before is put back. */
const healthWithinMs = 30_000;

/**
 * eKuiper as it is changed safely: by calls of which each is made whole or not at all. Its own import keeps what is
 * there, or clears everything first, so it is not used.
 *
 * @param own ids of the rules that the site has there, which must run
 */
export function ekuiperSide(
  world: World,
  session: EkuiperSession,
  own: () => readonly string[],
): ProgramSide<EkuiperState> {
  const { url } = session;
  return {
    program: "ekuiper",
    url,
    read: (signal) => session.ruleset(signal),
    async change(target, running, signal) {
      const changes = planEkuiper(target, running);
      for (const change of changes) await session.change(change, signal);
      return changes.length;
    },
    async health(target, signal) {
      const until = world.clock.monotonic() + healthWithinMs;
      const ids = own().filter((id) => target.rules.some((rule) => rule.id === id && rule.triggered));
      for (;;) {
        const now = new Map((await session.statuses(signal)).map(({ id, status }) => [id, status]));
        const sick = ids.find((id) => now.get(id)?.startsWith("running") !== true);
        if (sick === undefined) return phrase("found.rulesUp", { rules: ids.length });
        if (world.clock.monotonic() > until)
          throw new FaultError({
            code: "program.unhealthy",
            program: "ekuiper",
            url,
            item: sick,
            reason: "ruleDown",
          });
        await world.clock.sleep(askAgainMs, signal);
      }
    },
    differences: diffEkuiper,
    print: (state) => printRuleset(withoutEkuiperSecrets(state)),
    keep: (state) => JSON.stringify(state),
    restore: (text) => readEkuiperState(jsonIn(text)),
    sealed: withoutEkuiperSecrets,
    unsealed: withEkuiperSecrets,
    touched(target, running) {
      const now = new Map(running.rules.map((rule) => [rule.id, JSON.stringify(rule.actions)]));
      return target.rules
        .filter((rule) => now.get(rule.id) !== JSON.stringify(rule.actions))
        .map((rule) => rule.id);
    },
    isBlind: () => false,
  };
}
