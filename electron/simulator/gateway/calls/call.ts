import type { GatewayAccess } from "../access.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { error, Refusal } from "../refusal.ts";
import type { Registry } from "../registry.ts";
import type { Runtime } from "../runtime.ts";
import type { Tokens } from "../token.ts";

/** What the calls work on. */
export interface Core {
  readonly registry: Registry;
  readonly runtime: Runtime;
  readonly access: GatewayAccess;
  readonly tokens: Tokens;
  /** name → password */
  readonly users: Map<string, string>;
  readonly log: { level: string };
}

/** One request: the parsed body (undefined where there is none or it is not JSON) and the query. */
export interface Call {
  readonly body: Json | undefined;
  readonly query: URLSearchParams;
}

/** A reply that is printed as it is: text of its own layout, or metrics. */
export interface PlainReply {
  readonly text: string;
  readonly contentType: string;
}

export type Handler = (core: Core, call: Call) => Json | PlainReply | Promise<Json | PlainReply>;
export type Handlers = Readonly<Record<string, Handler>>;

/** The reply of commands that went well. */
export const done: JsonObject = { error: 0 };

export function plain(text: string, contentType = "application/json"): PlainReply {
  return { text, contentType };
}

export function bodyOf(call: Call): JsonObject {
  if (!isObject(call.body)) throw new Refusal(error.body);
  return call.body;
}

export function textIn(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Refusal(error.body);
  return value;
}

export function integerIn(body: JsonObject, name: string): number {
  const value = body[name];
  if (typeof value !== "number") throw new Refusal(error.body);
  return Math.trunc(value);
}

export function arrayIn(body: JsonObject, name: string): readonly Json[] {
  const value = body[name];
  if (!Array.isArray(value)) throw new Refusal(error.body);
  return value;
}

export function objectsIn(body: JsonObject, name: string): readonly JsonObject[] {
  const list = arrayIn(body, name);
  if (!list.every(isObject)) throw new Refusal(error.body);
  return list as readonly JsonObject[];
}

export function queried(call: Call, name: string): string {
  const value = call.query.get(name);
  if (value === null) throw new Refusal(error.param);
  return value;
}

/** Static tags as given: an object, or text that holds one. */
export function staticTagsIn(body: JsonObject): JsonObject | string | undefined {
  const value = body.static_tags;
  return typeof value === "string" || isObject(value) ? value : undefined;
}
