import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Uplink } from "#domain/site/site.ts";
import type { Value } from "#domain/tag/tag.ts";
import { type ExactJson, parseExactJson } from "./exactJson.ts";

/** What a gateway says of one tag: its value, or Neuron's error number. */
export type PublishedReading = { readonly value: Value } | { readonly error: number };

export interface GatewayMessage {
  readonly node: string;
  readonly group: string;
  /** when the gateway published, by its own clock: ms since 1970 */
  readonly timestamp: number;
  readonly values: ReadonlyMap<string, PublishedReading>;
}

/**
 * Reads a message that Neuron published in its format 0 (values) or 1 (tags); 64-bit integers stay exact.
 *
 * A tag that is infinite on the device has neither value nor error in Neuron and is left out. Static tags of other
 * kinds (true, objects) are left out too. Problems: `file.notJson`, `input.invalid`.
 */
export function readPayload(text: string, format: Uplink["format"]): Result<GatewayMessage, Problem> {
  const json = parseExactJson(text);
  if (!json.ok) return json;
  const message = membersOf(json.value);
  const { node, group, timestamp } = message ?? {};
  if (typeof node !== "string" || typeof group !== "string" || typeof timestamp !== "number") {
    return refused(unlikeNeuron("node, group and timestamp"));
  }
  const values = format === "values" ? fromValues(message ?? {}) : fromTags(message?.tags);
  if (values === undefined) return refused(unlikeNeuron(format));
  return ok({ node, group, timestamp, values });
}

function fromValues(message: Members): ReadonlyMap<string, PublishedReading> | undefined {
  const values = membersOf(message.values);
  const errors = membersOf(message.errors ?? {});
  if (values === undefined || errors === undefined) return undefined;
  const readings = new Map<string, PublishedReading>();
  for (const [name, given] of Object.entries(values)) {
    const value = readingOf(given);
    if (value !== undefined) readings.set(name, { value });
  }
  for (const [name, error] of Object.entries(errors)) {
    if (typeof error === "number") readings.set(name, { error });
  }
  return readings;
}

function fromTags(tags: ExactJson | undefined): ReadonlyMap<string, PublishedReading> | undefined {
  if (!Array.isArray(tags)) return undefined;
  const readings = new Map<string, PublishedReading>();
  for (const item of tags as readonly ExactJson[]) {
    const { name, value: given, error } = membersOf(item) ?? {};
    const value = readingOf(given);
    if (typeof name !== "string") return undefined;
    if (typeof error === "number") readings.set(name, { error });
    else if (value !== undefined) readings.set(name, { value });
  }
  return readings;
}

function readingOf(given: ExactJson | undefined): Value | undefined {
  if (typeof given === "number" || typeof given === "bigint" || typeof given === "string") return given;
  if (Array.isArray(given) && given.every((item) => typeof item === "number")) return given;
  return undefined;
}

type Members = { readonly [name: string]: ExactJson };

function membersOf(value: ExactJson | undefined): Members | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Members;
}

function unlikeNeuron(what: string): Problem {
  return { code: "input.invalid", reason: `not a message of a gateway: ${what}` };
}
