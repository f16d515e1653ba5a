import { isObject, type JsonObject } from "../json.ts";
import { error, Refusal } from "../refusal.ts";
import { addTags } from "../registry.ts";
import { exportedTag, readTag } from "../tagRules.ts";
import { bodyOf, type Call, type Core, done, type Handlers, integerIn, objectsIn, textIn } from "./call.ts";
import { addTagsPlainly, labelsOf } from "./config.ts";
import { applySettings } from "./node.ts";
import { printedSubscription, subscribe } from "./subscription.ts";

/** Drivers and apps by name: those named are replaced, the others stay. */
export const partCalls: Handlers = {
  "GET global/drivers": (core, call) => ({
    nodes: core.registry.drivers.filter(named(call)).map((node) => ({
      plugin: node.plugin,
      name: node.name,
      tags: node.tags,
      params: node.params,
      groups: [...node.groups.values()].map((group) => ({
        tags: [...group.tags.values()].map(exportedTag),
        group: group.name,
        interval: group.intervalMs,
      })),
    })),
  }),
  "PUT global/drivers": (core, call) => {
    const nodes = objectsIn(bodyOf(call), "nodes");
    refuseDoubles(nodes);
    for (const node of nodes) replaceDriver(core, node);
    return done;
  },
  "GET global/apps": (core, call) => ({
    apps: core.registry.apps.filter(named(call)).map((node) => ({
      plugin: node.plugin,
      name: node.name,
      tags: node.tags,
      params: node.params,
      groups: node.subscriptions.map(printedSubscription),
    })),
  }),
  "PUT global/apps": (core, call) => {
    const apps = objectsIn(bodyOf(call), "apps");
    refuseDoubles(apps);
    for (const app of apps) replaceApp(core, app);
    return done;
  },
};

/** Removing the old one takes its subscriptions along, and a bad tag comes too late to keep it, as measured. */
function replaceDriver(core: Core, body: JsonObject): void {
  const name = textIn(body, "name");
  const groups = objectsIn(body, "groups");
  if (core.registry.nodes.has(name)) core.runtime.removed(core.registry.removeNode(name));
  core.registry.addNode(name, textIn(body, "plugin"), labelsOf(body));
  try {
    const node = core.registry.driver(name);
    for (const group of groups) {
      const made = core.registry.addGroup(node, textIn(group, "group"), integerIn(group, "interval"));
      addTagsPlainly(() => addTags(made, objectsIn(group, "tags").map(readTag)));
    }
    if (isObject(body.params)) applySettings(core, node, body.params);
  } catch (problem) {
    core.runtime.removed(core.registry.removeNode(name));
    throw problem;
  }
}

function replaceApp(core: Core, body: JsonObject): void {
  const name = textIn(body, "name");
  if (core.registry.nodes.has(name)) core.runtime.removed(core.registry.removeNode(name));
  const node = core.registry.addNode(name, textIn(body, "plugin"), labelsOf(body));
  for (const group of objectsIn(body, "groups")) subscribe(core, name, group);
  if (isObject(body.params)) applySettings(core, node, body.params);
}

function refuseDoubles(nodes: readonly JsonObject[]): void {
  if (new Set(nodes.map((node) => node.name)).size < nodes.length) throw new Refusal(error.body);
}

function named(call: Call): (node: { readonly name: string }) => boolean {
  const names = call.query.get("name")?.split(",");
  return (node) => names === undefined || names.includes(node.name);
}
