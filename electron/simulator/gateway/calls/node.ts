import { isObject, type JsonObject } from "../json.ts";
import type { GatewayNode } from "../model.ts";
import { plugins, printedPlugin } from "../plugins.ts";
import { error, Refusal } from "../refusal.ts";
import { schemaDocument } from "../schemas.ts";
import { acceptsSettings } from "../settings.ts";
import { bodyOf, type Core, done, type Handlers, integerIn, queried, textIn } from "./call.ts";

export const nodeCalls: Handlers = {
  "GET plugin": () => ({ plugins: plugins.map(printedPlugin) }),
  "GET schema": (_core, call) => {
    const byPlugin = plugins.find((plugin) => plugin.name === call.query.get("plugin_name"));
    const document = schemaDocument(byPlugin?.schema ?? call.query.get("schema_name") ?? "");
    if (document === undefined) throw new Refusal(error.schemaMissing);
    return document;
  },
  "GET node": (core, call) => {
    const type = queried(call, "type");
    const name = call.query.get("node") ?? "";
    const plugin = call.query.get("plugin");
    const nodes = type === "1" ? core.registry.drivers : core.registry.apps;
    const found = nodes.filter(
      (node) => node.name.includes(name) && (plugin === null || node.plugin === plugin),
    );
    return { nodes: found.map(printedNode) };
  },
  "POST node": (core, call) => {
    const body = bodyOf(call);
    const labels = typeof body.tags === "string" ? body.tags : "";
    core.registry.addNode(textIn(body, "name"), textIn(body, "plugin"), labels);
    return done;
  },
  "PUT node": (core, call) => {
    const body = bodyOf(call);
    core.registry.renameNode(textIn(body, "name"), textIn(body, "new_name"));
    return done;
  },
  "DELETE node": (core, call) => {
    core.runtime.removed(core.registry.removeNode(textIn(bodyOf(call), "name")));
    return done;
  },
  "POST node/setting": (core, call) => {
    const body = bodyOf(call);
    const name = textIn(body, "node");
    if (!isObject(body.params)) throw new Refusal(error.body);
    applySettings(core, core.registry.node(name), body.params);
    return done;
  },
  "GET node/setting": (core, call) => {
    const node = core.registry.node(queried(call, "node"));
    if (node.params === undefined) throw new Refusal(error.settingMissing);
    return { node: node.name, params: node.params };
  },
  "POST node/ctl": (core, call) => {
    const body = bodyOf(call);
    const node = core.registry.node(textIn(body, "node"));
    const command = integerIn(body, "cmd");
    // Any other number is taken and does nothing, as measured.
    if (command === 0) core.runtime.start(node);
    if (command === 1) core.runtime.stop(node);
    return done;
  },
  "GET node/state": (core, call) => {
    const name = call.query.get("node");
    if (name !== null) {
      const { sub_group_count, ...state } = nodeState(core, core.registry.node(name));
      return { ...state, neuron_core: core.log.level, sub_group_count };
    }
    const states = [...core.registry.nodes.values()].map((node) => ({
      node: node.name,
      ...nodeState(core, node),
    }));
    return { states, neuron_core: core.log.level };
  },
};

/** Refuses bad parameters; good ones are kept and the node starts or reconnects with them. */
export function applySettings(core: Core, node: GatewayNode, params: JsonObject): void {
  if (!acceptsSettings(node.plugin, params)) throw new Refusal(error.settingInvalid);
  node.params = params;
  core.runtime.configured(node);
}

export function printedNode(node: GatewayNode): JsonObject {
  return { plugin: node.plugin, name: node.name, support_import_tags: false, tags: node.tags };
}

/** Link and round trip as the gateway reports them: apps always say 0 for the round trip. */
export function nodeState(core: Core, node: GatewayNode) {
  const driver = node.kind === "driver" ? core.runtime.driverOf(node) : undefined;
  const app = node.kind === "app" ? core.runtime.appOf(node) : undefined;
  return {
    running: node.running,
    link: driver?.link ?? app?.link ?? 0,
    rtt: node.kind === "app" ? 0 : (driver?.rttMs ?? 9999),
    log_level: node.logLevel,
    sub_group_count: node.kind === "app" ? node.subscriptions.length : undefined,
  };
}
