import type { NeuronConfig } from "./neuronConfig.ts";

/**
 * The whole configuration to put on a gateway: what is wanted, and every running node of another name as it is.
 *
 * A node of a wanted name is replaced whole; only what others have it publish of their own nodes stays. Subscriptions
 * to groups that no longer exist are dropped, because Neuron's import stops at the first of them.
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

  const gone = new Set(retired);
  const groups = [...wanted.groups, ...kept(running.groups, (group) => group.driver)];
  const existing = new Set(groups.map((group) => `${group.driver}\n${group.group}`));
  const subscriptions = running.subscriptions.map((app) => ({
    ...app,
    groups: app.groups.filter((one) => {
      const isOthers = !replaced.has(app.app) || !replaced.has(one.driver);
      return isOthers && existing.has(`${one.driver}\n${one.group}`) && !gone.has(app.app);
    }),
  }));
  const merged = wanted.subscriptions.map((app) => {
    const others = subscriptions.find((one) => one.app === app.app)?.groups ?? [];
    return { ...app, groups: [...app.groups, ...others] };
  });
  const added = subscriptions.filter(({ app }) => !merged.some((one) => one.app === app));
  return {
    nodes: [...wanted.nodes, ...kept(running.nodes, (node) => node.name)],
    groups,
    tags: [...wanted.tags, ...kept(running.tags, (tags) => tags.driver)],
    subscriptions: [...merged, ...added].filter((app) => app.groups.length > 0),
    settings: [...wanted.settings, ...kept(running.settings, (setting) => setting.node)],
  };
}
