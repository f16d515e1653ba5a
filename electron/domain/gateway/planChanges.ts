import { printExactJson } from "./exactJson.ts";
import type { GatewayChange } from "./gatewayChange.ts";
import type { NeuronConfig, NeuronSubscription, NeuronTag } from "./neuronConfig.ts";
import { type NormalConfig, normalConfig, placeKey } from "./neuronNormal.ts";

/** Tags in one call: small enough to show progress and to stop soon, large enough to be few. */
const tagsInCall = 500;

/**
 * The fewest calls that turn what runs on a gateway into what is wanted, in the order in which it takes them.
 * What does not differ is not touched: its values go on being read and published, its cache stays.
 *
 * A node is made anew only where its plugin or its labels change, or where its settings must go altogether; every
 * subscription that goes with the old one is made again, those of other apps too.
 *
 * @returns no change exactly when diffConfigs finds the two equal
 */
export function planChanges(wanted: NeuronConfig, running: NeuronConfig): readonly GatewayChange[] {
  const target = normalConfig(wanted);
  const now = normalConfig(running);
  const removed = [...now.nodes.keys()].filter((node) => !survives(node, target, now));
  const left = without(now, new Set(removed));
  const added = wanted.nodes.filter(({ name }) => !left.nodes.has(name));
  return [
    ...unsubscriptions(target, left),
    ...removed.map((node): GatewayChange => ({ kind: "removeNode", node })),
    ...tagRemovals(target, left),
    ...[...left.groups.values()]
      .filter(({ driver, group }) => !target.groups.has(placeKey(driver, group)))
      .map(({ driver, group }): GatewayChange => ({ kind: "removeGroup", node: driver, group })),
    ...added.map(
      ({ name, plugin, tags }): GatewayChange => ({ kind: "addNode", node: name, plugin, tags: tags ?? "" }),
    ),
    ...groupChanges(target, left),
    ...tagChanges(wanted, target, left),
    ...subscriptionChanges(wanted, target, left),
    // Last, because settings start a node: by then it has all that it is to read.
    ...settingChanges(wanted, target, left),
  ];
}

/** A node stays when it is wanted with this plugin and these labels, and its settings need not go. */
function survives(node: string, target: NormalConfig, now: NormalConfig): boolean {
  const wanted = target.nodes.get(node);
  if (wanted === undefined || !same(wanted, now.nodes.get(node))) return false;
  return target.settings.has(node) || !now.settings.has(node);
}

/** What is left of a configuration when nodes were removed from it. */
function without(config: NormalConfig, nodes: ReadonlySet<string>): NormalConfig {
  const keep = <T>(items: ReadonlyMap<string, T>, stays: (item: T, key: string) => boolean) =>
    new Map([...items].filter(([key, item]) => stays(item, key)));
  return {
    nodes: keep(config.nodes, (_, node) => !nodes.has(node)),
    settings: keep(config.settings, (_, node) => !nodes.has(node)),
    groups: keep(config.groups, ({ driver }) => !nodes.has(driver)),
    tags: keep(config.tags, ({ driver }) => !nodes.has(driver)),
    subscriptions: keep(config.subscriptions, ({ driver, app }) => !nodes.has(driver) && !nodes.has(app)),
  };
}

/** A subscription to a group that goes anyway goes with it. */
function unsubscriptions(target: NormalConfig, now: NormalConfig): readonly GatewayChange[] {
  return [...now.subscriptions]
    .filter(([key, { driver, group }]) => {
      return !target.subscriptions.has(key) && target.groups.has(placeKey(driver, group));
    })
    .map(([, { app, driver, group }]) => ({ kind: "unsubscribe", app, driver, group }));
}

function tagRemovals(target: NormalConfig, now: NormalConfig): readonly GatewayChange[] {
  const gone = [...now.tags]
    .filter(([key, { driver, group }]) => !target.tags.has(key) && target.groups.has(placeKey(driver, group)))
    .map(([, { driver, group, tag }]) => ({ driver, group, item: tag.name }));
  return inCalls(gone).map(({ driver, group, items }) => ({
    kind: "removeTags",
    node: driver,
    group,
    names: items,
  }));
}

function groupChanges(target: NormalConfig, now: NormalConfig): readonly GatewayChange[] {
  return [...target.groups].flatMap(([key, { driver, group, interval }]): GatewayChange[] => {
    const old = now.groups.get(key);
    if (old?.interval === interval) return [];
    return [{ kind: old ? "setInterval" : "addGroup", node: driver, group, intervalMs: interval }];
  });
}

function tagChanges(wanted: NeuronConfig, target: NormalConfig, now: NormalConfig): readonly GatewayChange[] {
  const adds: Placed<NeuronTag>[] = [];
  const changes: Placed<NeuronTag>[] = [];
  for (const { driver, group, tags } of wanted.tags) {
    for (const tag of tags) {
      const key = placeKey(driver, group, tag.name);
      const old = now.tags.get(key);
      if (old === undefined) adds.push({ driver, group, item: tag });
      else if (!same(target.tags.get(key)?.tag, old.tag)) changes.push({ driver, group, item: tag });
    }
  }
  const calls = (kind: "addTags" | "changeTags", placed: readonly Placed<NeuronTag>[]) =>
    inCalls(placed).map(({ driver, group, items }) => ({ kind, node: driver, group, tags: items }));
  return [...calls("changeTags", changes), ...calls("addTags", adds)];
}

function subscriptionChanges(
  wanted: NeuronConfig,
  target: NormalConfig,
  now: NormalConfig,
): readonly GatewayChange[] {
  return wanted.subscriptions.flatMap(({ app, groups }) =>
    groups.flatMap((subscription): GatewayChange[] => {
      const key = placeKey(app, subscription.driver, subscription.group);
      const old = now.subscriptions.get(key);
      const params = target.subscriptions.get(key)?.params;
      if (old === undefined) return [{ kind: "subscribe", app, subscription }];
      if (same(params, old.params)) return [];
      return resubscription(app, subscription);
    }),
  );
}

/** A topic can be changed but not taken away, so a subscription that is to have none is made anew. */
function resubscription(app: string, subscription: NeuronSubscription): GatewayChange[] {
  if (subscription.params?.topic !== undefined) return [{ kind: "resubscribe", app, subscription }];
  const { driver, group } = subscription;
  return [
    { kind: "unsubscribe", app, driver, group },
    { kind: "subscribe", app, subscription },
  ];
}

function settingChanges(
  wanted: NeuronConfig,
  target: NormalConfig,
  now: NormalConfig,
): readonly GatewayChange[] {
  return wanted.settings.flatMap(({ node, params }): GatewayChange[] => {
    const [to, from] = [target.settings.get(node), now.settings.get(node)];
    if (from !== undefined && same([...(to ?? [])], [...from])) return [];
    return [{ kind: "setSettings", node, params }];
  });
}

interface Placed<T> {
  readonly driver: string;
  readonly group: string;
  readonly item: T;
}

/** Items of one group go together, as many as fit in one call. */
function inCalls<T>(placed: readonly Placed<T>[]) {
  const calls: { driver: string; group: string; items: T[] }[] = [];
  const open = new Map<string, T[]>();
  for (const { driver, group, item } of placed) {
    const key = placeKey(driver, group);
    const items = open.get(key);
    if (items !== undefined && items.length < tagsInCall) items.push(item);
    else {
      const call = { driver, group, items: [item] };
      calls.push(call);
      open.set(key, call.items);
    }
  }
  return calls;
}

function same(one: unknown, other: unknown): boolean {
  return printExactJson(one ?? null) === printExactJson(other ?? null);
}
