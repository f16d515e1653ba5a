import { isObject, type JsonObject } from "../json.ts";
import type { AppNode, DriverNode } from "../model.ts";
import { error, Refusal } from "../refusal.ts";
import { addTags } from "../registry.ts";
import { exportedTag, readTag } from "../tagRules.ts";
import { bodyOf, type Core, done, type Handlers, integerIn, objectsIn, textIn } from "./call.ts";
import { listedGroups } from "./group.ts";
import { applySettings, printedNode } from "./node.ts";
import { printedSubscription, subscribe } from "./subscription.ts";

/** The whole configuration, read and replaced. */
export const configCalls: Handlers = {
  "GET global/config": (core) => wholeConfig(core),
  "PUT global/config": (core, call) => {
    const body = bodyOf(call);
    const [nodes = [], groups = [], tags = [], subscriptions = [], settings = []] = [
      "nodes",
      "groups",
      "tags",
      "subscriptions",
      "settings",
    ].map((name) => objectsIn(body, name));
    if ([nodes, groups, tags, subscriptions, settings].every((list) => list.length === 0))
      throw new Refusal(error.body);
    // From here on there is no way back: what fails half way leaves the gateway half configured, as measured.
    for (const name of [...core.registry.nodes.keys()]) core.runtime.removed(core.registry.removeNode(name));
    for (const node of nodes)
      core.registry.addNode(textIn(node, "name"), textIn(node, "plugin"), labelsOf(node));
    for (const group of groups) {
      const driver = core.registry.driver(textIn(group, "driver"));
      core.registry.addGroup(driver, textIn(group, "group"), integerIn(group, "interval"));
    }
    for (const list of tags) {
      const group = core.registry.group(textIn(list, "driver"), textIn(list, "group"));
      addTagsPlainly(() => addTags(group, objectsIn(list, "tags").map(readTag)));
    }
    for (const list of subscriptions) {
      for (const group of objectsIn(list, "groups")) subscribe(core, textIn(list, "app"), group);
    }
    for (const { node, params } of settings) {
      if (isObject(params)) applySettings(core, core.registry.node(String(node)), params);
    }
    return done;
  },
};

/** A refused tag in a whole configuration is told by its number alone. */
export function addTagsPlainly(add: () => void): void {
  try {
    add();
  } catch (problem) {
    throw problem instanceof Refusal ? new Refusal(problem.number) : problem;
  }
}

export function labelsOf(node: JsonObject): string {
  return typeof node.tags === "string" ? node.tags : "";
}

function wholeConfig(core: Core): JsonObject {
  const drivers: readonly DriverNode[] = core.registry.drivers;
  const apps: readonly AppNode[] = core.registry.apps;
  // Apps come first, then drivers, each in the order they were made.
  const nodes = [...apps, ...drivers];
  return {
    nodes: nodes.map(printedNode),
    groups: drivers.flatMap(listedGroups),
    tags: drivers.flatMap((node) =>
      [...node.groups.values()].map((group) => ({
        tags: [...group.tags.values()].map(exportedTag),
        driver: node.name,
        group: group.name,
      })),
    ),
    subscriptions: apps
      .filter((app) => app.subscriptions.length > 0)
      .map((app) => ({ groups: app.subscriptions.map(printedSubscription), app: app.name })),
    settings: nodes.flatMap(({ name, params }) => (params === undefined ? [] : [{ node: name, params }])),
  };
}
