import { printExactJson } from "#domain/gateway/exactJson.ts";
import type { GatewayChange } from "#domain/gateway/gatewayChange.ts";
import type { HttpCall } from "./httpCall.ts";

/** The call of Neuron's API that makes a change. */
export function callOf(change: GatewayChange): {
  readonly method: HttpCall["method"];
  readonly path: string;
  readonly body: string;
} {
  const [method, path, body] = partsOf(change);
  return { method, path, body: printExactJson(body) };
}

function partsOf(change: GatewayChange): readonly [HttpCall["method"], string, object] {
  switch (change.kind) {
    case "addNode": {
      const { node: name, plugin, tags } = change;
      return ["POST", "/node", { name, plugin, ...(tags === "" ? {} : { tags }) }];
    }
    case "removeNode":
      return ["DELETE", "/node", { name: change.node }];
    case "startNode":
    case "stopNode":
      return ["POST", "/node/ctl", { node: change.node, cmd: change.kind === "startNode" ? 0 : 1 }];
    case "setSettings":
      return ["POST", "/node/setting", { node: change.node, params: change.params }];
    case "addGroup":
    case "setInterval": {
      const { node, group, intervalMs: interval } = change;
      return [change.kind === "addGroup" ? "POST" : "PUT", "/group", { node, group, interval }];
    }
    case "removeGroup":
      return ["DELETE", "/group", { node: change.node, group: change.group }];
    case "addTags":
    case "changeTags": {
      const { node, group, tags } = change;
      return [change.kind === "addTags" ? "POST" : "PUT", "/tags", { node, group, tags }];
    }
    case "removeTags":
      return ["DELETE", "/tags", { node: change.node, group: change.group, tags: change.names }];
    case "subscribe":
    case "resubscribe": {
      const { app, subscription } = change;
      return [change.kind === "subscribe" ? "POST" : "PUT", "/subscribe", { app, ...subscription }];
    }
    case "unsubscribe": {
      const { app, driver, group } = change;
      return ["DELETE", "/subscribe", { app, driver, group }];
    }
  }
}
