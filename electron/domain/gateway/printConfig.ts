import { printExactJson } from "./exactJson.ts";
import type { NeuronConfig } from "./neuronConfig.ts";
import { normalConfig } from "./neuronNormal.ts";

/**
 * A configuration as text, the same bytes for the same behaviour whatever order and defaults it came with: two
 * texts are equal exactly when diffConfigs finds nothing. Its SHA-256 is the configuration's digest.
 *
 * The text is a document that Neuron's import takes. Seal it with withoutSecrets before keeping it.
 */
export function printConfig(config: NeuronConfig): string {
  const normal = normalConfig(config);
  const groups = [...normal.groups.values()];
  const tags = [...normal.tags.values()];
  const places = new Map([...groups, ...tags].map((one) => [`${one.driver}\n${one.group}`, one]));
  const subscriptions = [...normal.subscriptions.values()];
  const apps = [...new Set(subscriptions.map((one) => one.app))];
  const document: NeuronConfig = {
    nodes: [...normal.nodes].map(([name, { plugin, tags: labels }]) => ({
      plugin,
      name,
      support_import_tags: false,
      tags: labels,
    })),
    groups: groups.map(({ driver, group, interval }) => ({
      driver,
      group,
      tag_count: tags.filter((one) => one.driver === driver && one.group === group).length,
      interval,
    })),
    tags: [...places.values()].map(({ driver, group }) => ({
      driver,
      group,
      tags: tags.filter((one) => one.driver === driver && one.group === group).map((one) => one.tag),
    })),
    subscriptions: apps.map((app) => ({
      app,
      groups: subscriptions
        .filter((one) => one.app === app)
        .map(({ driver, group, params }) => subscriptionOf(driver, group, params as SubscriptionParams)),
    })),
    settings: [...normal.settings].map(([node, params]) => ({ node, params: Object.fromEntries(params) })),
  };
  return `${printExactJson(document, 2)}\n`;
}

interface SubscriptionParams {
  readonly topic: string;
  readonly static_tags?: string;
}

function subscriptionOf(driver: string, group: string, given: SubscriptionParams) {
  const { static_tags, topic, ...others } = given;
  const params = topic === "" ? others : { topic, ...others };
  return {
    driver,
    group,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(static_tags === undefined ? {} : { static_tags }),
  };
}
