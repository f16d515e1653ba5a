import { checkRules } from "../gateway/ekuiper/checkRules.ts";
import { printRuleset } from "../gateway/ekuiper/ekuiperState.ts";
import { withoutActionSecrets } from "../gateway/ekuiper/sealRules.ts";
import { checkBridge } from "../gateway/nanomq/checkBridge.ts";
import { printBridge } from "../gateway/nanomq/printBridge.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { RuleSet, Site } from "../site/site.ts";
import { utf8Bytes } from "../utf8.ts";
import type { BundleFile } from "./manifest.ts";

/**
 * NanoMQ's bridge and eKuiper's rule set, where the site has them, without their passwords: for whoever receives the
 * bundle. They are no components of it, because what applies a bundle on a gateway changes Neuron alone.
 *
 * @returns the problems of checkBridge and checkRules, save that a rule may read a stream that the gateway has already
 */
export function programFiles({ bridge, rules }: Site): Result<readonly BundleFile[], readonly Problem[]> {
  const unfit = (rules ? checkRules(rules) : []).filter(
    (problem) => problem.code !== "rule.invalid" || problem.reason !== "streamMissing",
  );
  const problems = [...(bridge ? checkBridge(bridge, "") : []), ...unfit];
  if (problems.length > 0) return refused(problems);
  return ok([
    ...(bridge ? [{ path: "nanomq-bridge.conf", bytes: utf8Bytes(printBridge(bridge, "")) }] : []),
    ...(rules ? [{ path: "ekuiper.json", bytes: utf8Bytes(rulesetText(rules)) }] : []),
  ]);
}

function rulesetText({ streams, rules }: RuleSet): string {
  const running = rules.map((rule) => {
    return { ...rule, actions: withoutActionSecrets(rule.actions), triggered: true };
  });
  return printRuleset({ streams, tables: [], rules: running });
}
