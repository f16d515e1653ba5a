import { type DriverNode, type Group, makeGroup } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { minIntervalMs } from "../registry.ts";
import { bodyOf, type Core, done, type Handlers, integerIn, textIn } from "./call.ts";

export const groupCalls: Handlers = {
  "GET group": (core, call) => {
    const name = call.query.get("node");
    if (name === null) return { groups: core.registry.drivers.flatMap(listedGroups) };
    const groups = [...core.registry.driver(name).groups.values()];
    return {
      groups: groups.map((group) => ({
        tag_count: group.tags.size,
        name: group.name,
        interval: group.intervalMs,
      })),
    };
  },
  "POST group": (core, call) => {
    const body = bodyOf(call);
    const name = textIn(body, "group");
    const intervalMs = integerIn(body, "interval");
    const node = core.registry.driver(textIn(body, "node"));
    core.registry.addGroup(node, name, intervalMs);
    core.runtime.regrouped(node);
    return done;
  },
  "PUT group": (core, call) => {
    const body = bodyOf(call);
    const intervalMs = body.interval === undefined ? undefined : integerIn(body, "interval");
    if (intervalMs !== undefined && intervalMs < minIntervalMs) throw new Refusal(error.groupParam);
    const node = core.registry.driver(textIn(body, "node"));
    const group = core.registry.group(node.name, textIn(body, "group"));
    if (intervalMs !== undefined) group.intervalMs = intervalMs;
    if (typeof body.new_name === "string" && body.new_name !== group.name) {
      renameGroup(core, node, group, body.new_name);
    }
    core.runtime.regrouped(node);
    return done;
  },
  "DELETE group": (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.driver(textIn(body, "node"));
    core.registry.removeGroup(node, textIn(body, "group"));
    core.runtime.regrouped(node);
    return done;
  },
};

/** Groups of a driver as the whole-gateway lists name them. */
export function listedGroups(node: DriverNode) {
  return [...node.groups.values()].map((group) => ({
    driver: node.name,
    group: group.name,
    tag_count: group.tags.size,
    interval: group.intervalMs,
  }));
}

function renameGroup(core: Core, node: DriverNode, group: Group, name: string): void {
  if (node.groups.has(name)) throw new Refusal(error.groupExists);
  for (const { subscription } of core.registry.subscribers(node.name, group.name)) subscription.group = name;
  node.groups.delete(group.name);
  group.name = name;
  node.groups.set(name, group);
}

/** The group of that name, or a new one that is not yet the driver's. */
export function groupForTags(node: DriverNode, name: string, intervalMs: number): Group {
  return node.groups.get(name) ?? makeGroup(name, intervalMs);
}
