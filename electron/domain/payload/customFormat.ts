import type { ExactJson } from "#domain/gateway/exactJson.ts";
import { errorsIn, membersOf, type Named, tagIn, valuesIn } from "./neuronJson.ts";
import { mostReadings, type PayloadReading } from "./reading.ts";

/**
 * Reads a message of Neuron's format 3 by the schema that the MQTT node was given: a JSON object whose texts may be
 * variables such as `${timestamp}` or `${tag_values}`. Keys that the gateway leaves out (it drops all that follow the
 * first nested object) are no reason to refuse the rest.
 *
 * @returns undefined where nothing of the schema is in the document
 */
export function readCustom(
  topic: string,
  json: ExactJson,
  schema: ExactJson,
): readonly PayloadReading[] | undefined {
  const found: Found = { names: [], at: null, tags: [], seen: false };
  walk(schema, json, found);
  if (!found.seen) return undefined;
  const device = found.names.join("/");
  return found.tags.slice(0, mostReadings).map((tag) => ({ topic, device, at: found.at, ...tag }));
}

interface Found {
  readonly names: string[];
  at: number | null;
  readonly tags: Named[];
  seen: boolean;
}

/** A schema is nested at most three deep. */
const deepest = 4;

function walk(schema: ExactJson, json: ExactJson | undefined, found: Found, depth = 0): void {
  const [wanted, given] = [membersOf(schema), membersOf(json)];
  if (wanted === undefined || given === undefined || depth > deepest) return;
  for (const [key, meant] of Object.entries(wanted)) {
    const held = Object.hasOwn(given, key) ? given[key] : undefined;
    if (held === undefined) continue;
    const variable = typeof meant === "string" ? /^\$\{(\w+)\}$/.exec(meant)?.[1] : undefined;
    if (variable !== undefined) take(variable, held, found);
    else walk(meant, held, found, depth + 1);
  }
}

function take(variable: string, held: ExactJson, found: Found): void {
  found.seen = true;
  if (variable === "timestamp" && typeof held === "number") found.at = held;
  else if ((variable === "node" || variable === "group") && typeof held === "string") found.names.push(held);
  else if (Array.isArray(held)) {
    for (const item of held as readonly ExactJson[]) found.tags.push(...tagIn(membersOf(item)));
  } else if (variable === "tag_values" || variable === "static_tag_values") {
    found.tags.push(...valuesIn(membersOf(held) ?? {}));
  } else if (variable === "tag_error_values") {
    found.tags.push(...errorsIn(membersOf(held) ?? {}));
  }
}
