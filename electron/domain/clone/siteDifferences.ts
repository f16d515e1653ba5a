import type { Site } from "../site/site.ts";
import { tagKey } from "../tag/tag.ts";

/** One field in which two sites differ; a side that does not have it is empty. */
export interface SiteDifference {
  /** `uplink.host`, `lines.rtu.port`, `tags.rtu/power/current.address.unit` */
  readonly field: string;
  readonly one: string;
  readonly other: string;
}

/** Where two sites differ, in the order of the first one's fields; two clones differ in their variables alone. */
export function siteDifferences(one: Site, other: Site): readonly SiteDifference[] {
  const [left, right] = [new Map(leaves(one, "")), new Map(leaves(other, ""))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, one: left.get(field) ?? "", other: right.get(field) ?? "" }))
    .filter((difference) => difference.one !== difference.other);
}

function* leaves(part: unknown, field: string): Generator<readonly [string, string]> {
  if (typeof part !== "object" || part === null) {
    yield [field, part === null ? "" : String(part)];
    return;
  }
  const steps = Array.isArray(part)
    ? part.map((item, index) => [stepOf(item, index), item])
    : Object.entries(part);
  for (const [step, item] of steps) yield* leaves(item, field === "" ? step : `${field}.${step}`);
}

/** What an item of a list is called by people. */
function stepOf(item: unknown, index: number): string {
  if (typeof item !== "object" || item === null) return String(index + 1);
  if ("address" in item && "group" in item) return tagKey(item as Site["tags"][number]);
  for (const name of ["id", "number", "name"] as const)
    if (name in item) return String((item as Record<string, unknown>)[name]);
  return String(index + 1);
}
