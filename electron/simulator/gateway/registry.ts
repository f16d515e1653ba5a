import type { JsonObject } from "./json.ts";
import {
  type AppNode,
  type DriverNode,
  type GatewayNode,
  type GatewayTag,
  type Group,
  makeGroup,
  running,
  type Subscription,
} from "./model.ts";
import { findPlugin } from "./plugins.ts";
import { error, Refusal } from "./refusal.ts";
import { byteLength, checkTag } from "./tagRules.ts";

/** Nodes in the order they were made. What is refused throws a Refusal. */
export interface Registry {
  readonly nodes: Map<string, GatewayNode>;
  node(name: string): GatewayNode;
  driver(name: string): DriverNode;
  app(name: string): AppNode;
  group(driver: string, group: string): Group;
  readonly drivers: readonly DriverNode[];
  readonly apps: readonly AppNode[];
  addNode(name: string, plugin: string, labels: string): GatewayNode;
  renameNode(name: string, newName: string): void;
  /** and every subscription of it */
  removeNode(name: string): GatewayNode;
  addGroup(driver: DriverNode, name: string, intervalMs: number): Group;
  removeGroup(driver: DriverNode, name: string): void;
  /** subscriptions of a driver's group, with the app each belongs to */
  subscribers(driver: string, group: string): readonly { app: AppNode; subscription: Subscription }[];
}

/** Shortest interval of a group, ms. */
export const minIntervalMs = 30;
const maxGroups = 512;

export function makeRegistry(): Registry {
  const nodes = new Map<string, GatewayNode>();

  function node(name: string): GatewayNode {
    const found = nodes.get(name);
    if (found === undefined) throw new Refusal(error.nodeMissing);
    return found;
  }
  function driver(name: string): DriverNode {
    const found = node(name);
    if (found.kind !== "driver") throw new Refusal(error.notAllowed);
    return found;
  }
  function app(name: string): AppNode {
    const found = node(name);
    if (found.kind !== "app") throw new Refusal(error.nodeMissing);
    return found;
  }
  const apps = () => [...nodes.values()].filter((n) => n.kind === "app");

  function dropSubscriptions(gone: (subscription: Subscription) => boolean): void {
    for (const { subscriptions } of apps()) {
      subscriptions.splice(0, subscriptions.length, ...subscriptions.filter((s) => !gone(s)));
    }
  }

  return {
    nodes,
    node,
    driver,
    app,
    group(driverName, group) {
      const found = driver(driverName).groups.get(group);
      if (found === undefined) throw new Refusal(error.groupMissing);
      return found;
    },
    get drivers() {
      return [...nodes.values()].filter((n) => n.kind === "driver");
    },
    get apps() {
      return apps();
    },
    addNode(name, pluginName, labels) {
      if (byteLength(name) >= 128) throw new Refusal(error.nodeNameLong);
      const plugin = findPlugin(pluginName);
      if (plugin === undefined) throw new Refusal(error.pluginMissing);
      if (nodes.has(name)) throw new Refusal(error.nodeExists);
      const base = {
        name,
        plugin: pluginName,
        tags: labels,
        running: running.init,
        logLevel: "notice",
        params: undefined,
      };
      const made: GatewayNode =
        plugin.nodeType === 1
          ? { ...base, kind: "driver", groups: new Map() }
          : { ...base, kind: "app", subscriptions: [] };
      nodes.set(name, made);
      return made;
    },
    renameNode(name, newName) {
      const renamed = node(name);
      if (nodes.has(newName)) throw new Refusal(error.nodeExists);
      nodes.delete(name);
      renamed.name = newName;
      nodes.set(newName, renamed);
      for (const { subscriptions } of apps()) {
        for (const subscription of subscriptions)
          if (subscription.driver === name) subscription.driver = newName;
      }
    },
    removeNode(name) {
      const removed = node(name);
      nodes.delete(name);
      dropSubscriptions((subscription) => subscription.driver === name);
      return removed;
    },
    addGroup(owner, name, intervalMs) {
      if (byteLength(name) >= 128) throw new Refusal(error.groupNameLong);
      if (intervalMs < minIntervalMs) throw new Refusal(error.groupParam);
      if (owner.groups.has(name)) throw new Refusal(error.groupExists);
      if (owner.groups.size >= maxGroups) throw new Refusal(error.groupParam);
      const made = makeGroup(name, intervalMs);
      owner.groups.set(name, made);
      return made;
    },
    removeGroup(owner, name) {
      if (!owner.groups.delete(name)) throw new Refusal(error.groupMissing);
      dropSubscriptions((subscription) => subscription.driver === owner.name && subscription.group === name);
    },
    subscribers: (driverName, group) =>
      apps().flatMap((owner) =>
        owner.subscriptions
          .filter((s) => s.driver === driverName && s.group === group)
          .map((subscription) => ({ app: owner, subscription })),
      ),
  };
}

/** Adds tags all or nothing. Refuses with the index of the first bad one. */
export function addTags(group: Group, tags: readonly GatewayTag[], firstIndex = 0): void {
  const names = new Set(group.tags.keys());
  tags.forEach((tag, i) => {
    const number = names.has(tag.name) ? error.tagConflict : checkTag(tag);
    if (number !== 0) throw new Refusal(number, firstIndex + i);
    names.add(tag.name);
  });
  for (const tag of tags) group.tags.set(tag.name, tag);
}

export function addSubscription(
  app: AppNode,
  driver: string,
  group: string,
  params: JsonObject | undefined,
  staticTags: JsonObject | string | undefined,
): Subscription {
  if (app.subscriptions.some((s) => s.driver === driver && s.group === group))
    throw new Refusal(error.subscribed);
  if (app.plugin === "MQTT" && params !== undefined && typeof params.topic !== "string") {
    throw new Refusal(error.topicMissing);
  }
  const made: Subscription = { driver, group, params, staticTags, sent: new Map() };
  app.subscriptions.push(made);
  return made;
}
