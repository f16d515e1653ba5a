import type { GatewayAccess } from "../access.ts";
import type { AppNode, Group, Subscription } from "../model.ts";
import type { Registry } from "../registry.ts";
import { startMqttApp } from "./mqttApp.ts";

/** An app node at work. */
export interface App {
  readonly link: 0 | 1;
  readonly counts: AppCounts;
  /** sends a group as its readings are now */
  report(group: Group, subscription: Subscription): void;
  stop(): void;
}

export interface AppCounts {
  sent: number;
  errors: number;
  received: number;
  cached: number;
  disconnections: number;
}

/** Starts an app by its plugin. Plugins other than MQTT are taken but never link. */
export function startApp(node: AppNode, registry: Registry, access: GatewayAccess, now: () => number): App {
  if (node.plugin === "MQTT") return startMqttApp(node, registry, access, now);
  return {
    link: 0,
    counts: { sent: 0, errors: 0, received: 0, cached: 0, disconnections: 0 },
    report: () => undefined,
    stop: () => undefined,
  };
}
