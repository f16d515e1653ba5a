import type { JsonObject } from "./json.ts";

/** Attribute bits of a tag. */
export const attribute = { read: 1, write: 2, subscribe: 4 } as const;
export const running = { init: 1, ready: 2, running: 3, stopped: 4 } as const;

/** A tag as it is kept: the fields of the API, defaults filled in. */
export interface GatewayTag {
  readonly type: number;
  readonly name: string;
  readonly attribute: number;
  readonly precision: number;
  readonly decimal: number;
  readonly bias: number;
  readonly address: string;
  readonly description: string;
  readonly unit: string;
}

/** What the last poll of a tag gave. */
export type Reading =
  | { readonly value: ReadValue; readonly atMs: number }
  | { readonly error: number; readonly atMs: number };
export type ReadValue = number | bigint | string | boolean | readonly number[];

export interface Group {
  name: string;
  intervalMs: number;
  readonly tags: Map<string, GatewayTag>;
  readonly readings: Map<string, Reading>;
  /** ms that the last round took, for the metrics */
  lastRoundMs: number;
  lastError: { readonly number: number; readonly at: number } | undefined;
}

export interface Subscription {
  driver: string;
  group: string;
  params: JsonObject | undefined;
  staticTags: JsonObject | string | undefined;
  /** what was last sent of each tag, to find changes */
  readonly sent: Map<string, string>;
}

interface NodeBase {
  name: string;
  readonly plugin: string;
  tags: string;
  running: number;
  logLevel: string;
  params: JsonObject | undefined;
}

export interface DriverNode extends NodeBase {
  readonly kind: "driver";
  readonly groups: Map<string, Group>;
}

export interface AppNode extends NodeBase {
  readonly kind: "app";
  readonly subscriptions: Subscription[];
}

export type GatewayNode = DriverNode | AppNode;

export function makeGroup(name: string, intervalMs: number): Group {
  return { name, intervalMs, tags: new Map(), readings: new Map(), lastRoundMs: 0, lastError: undefined };
}
