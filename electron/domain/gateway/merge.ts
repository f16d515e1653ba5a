import type { NeuronConfig } from "./neuronConfig.ts";

/**
 * The whole configuration to put on a gateway: what is wanted, and every running node of another name as it is.
 *
 * A node of a wanted name is replaced whole. Subscriptions of kept apps to groups that no longer exist are dropped,
 * because Neuron's import stops at the first of them.
 *
 * @param retired names of running nodes that go although nothing replaces them, such as a line that was renamed
 */
export function mergeConfig(
  wanted: NeuronConfig,
  running: NeuronConfig,
  retired: readonly string[] = [],
): NeuronConfig {
  const replaced = new Set([...wanted.nodes.map((node) => node.name), ...retired]);
  const kept = <T>(items: readonly T[], nodeOf: (item: T) => string) =>
    items.filter((item) => !replaced.has(nodeOf(item)));

  const groups = [...wanted.groups, ...kept(running.groups, (group) => group.driver)];
  const existing = new Set(groups.map((group) => `${group.driver}\n${group.group}`));
  const subscriptions = kept(running.subscriptions, (app) => app.app).map((app) => ({
    ...app,
    groups: app.groups.filter((one) => existing.has(`${one.driver}\n${one.group}`)),
  }));
  return {
    nodes: [...wanted.nodes, ...kept(running.nodes, (node) => node.name)],
    groups,
    tags: [...wanted.tags, ...kept(running.tags, (tags) => tags.driver)],
    subscriptions: [...wanted.subscriptions, ...subscriptions.filter((app) => app.groups.length > 0)],
    settings: [...wanted.settings, ...kept(running.settings, (setting) => setting.node)],
  };
}
