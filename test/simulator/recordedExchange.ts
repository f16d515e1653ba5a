import { readFileSync } from "node:fs";
import { isObject, type Json, parseJson } from "#simulator/gateway/json.ts";
import type { RecordedSite } from "./recordedSite.ts";

/** One request to Neuron 2.15.1 and what it answered. */
export interface RecordedExchange {
  readonly step: string;
  /** `fresh` for a second, empty gateway */
  readonly instance?: "fresh";
  readonly method: string;
  readonly path: string;
  /** the header where it was not a good bearer token; empty for none */
  readonly authorization?: string;
  readonly requestBody?: string;
  readonly status: number;
  readonly responseBody: string;
}

export function readRecording(): readonly RecordedExchange[] {
  const file = new URL("../vectors/gateway/neuron-2.15.1.jsonl", import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordedExchange);
}

/** Long waits of the recording and what stands for them here, so that a run takes seconds. */
const shortened: readonly (readonly [RegExp, string])[] = [
  [/"timeout": 3000\b/g, '"timeout": 600'],
  [/"timeout": 1000\b/g, '"timeout": 250'],
  [/"interval": 5000\b/g, '"interval": 500'],
  [/"interval": 3000\b/g, '"interval": 600'],
  [/"interval": 2000\b/g, '"interval": 400'],
];

/** A recorded body with the ports of this run and shorter waits. */
export function forThisRun(body: string, site: RecordedSite): string {
  const quick = shortened.reduce((text, [long, short]) => text.replaceAll(long, short), body);
  return quick
    .replaceAll(/"port": ("?)1502\b/g, `"port": $1${site.slavePort}`)
    .replaceAll(/"port": 1599\b/g, `"port": ${site.deadPort}`)
    .replaceAll(/"port": 1883\b/g, `"port": ${site.brokerPort}`);
}

const counting = new Set(["counter", "count", "cnt", "cnt5"]);

/**
 * What a reply means: the order of members and of named things does not count, nor do round trips, tokens, running
 * counters and the plugins' descriptions.
 */
export function meaning(text: string, site: RecordedSite): unknown {
  const document = parseJson(forThisRun(text, site));
  if (document !== undefined) return settle(document);
  return text.startsWith("<") ? "a page" : text.trim();
}

function settle(value: Json): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (Array.isArray(value)) {
    const settled = value.map((item) => settle(item as Json));
    return settled.every((item) => typeof item === "object" && item !== null)
      ? settled.sort((a, b) => identity(a).localeCompare(identity(b)))
      : settled;
  }
  if (!isObject(value)) return value;
  const counts = typeof value.name === "string" && counting.has(value.name);
  const members = Object.entries(value).map(([key, member]) => {
    if (["rtt", "token", "description_zh"].includes(key) || (counts && key === "value")) return [key, "any"];
    if (key === "description" && "library" in value) return [key, "any"];
    if (key === "build_date" || key === "revision") return [key, "any"];
    return [key, settle(member as Json)];
  });
  return Object.fromEntries(members);
}

function identity(value: unknown): string {
  const { driver = "", app = "", node = "", group = "", name = "" } = value as Record<string, unknown>;
  return [driver, app, node, group, name].join("/");
}
