import { utf8Length } from "#domain/utf8.ts";
import type { Site } from "../site/site.ts";
import { patternTopic } from "../site/topic.ts";

/**
 * A topic for test messages of one check. It looks like the site's own, so that the same rules of the broker apply,
 * and is never one of them.
 */
export function checkTopic(site: Site, id: string): string {
  const topic = patternTopic(site, { name: "check" }, id);
  return topic.includes(id) ? topic : `${topic}/${id}`;
}

/**
 * A message as the gateway makes it, with no value in it: whoever reads the site's topics has nothing to do with it.
 *
 * @param mark tells it from all others
 */
export function emptyMessage(
  format: "values" | "tags",
  group: { readonly line: string; readonly group: string },
  timestamp: number,
  mark: string,
): string {
  const head = { node: group.line, group: group.group, timestamp };
  const body = format === "tags" ? { tags: [] } : { values: {}, errors: {}, metas: {} };
  return JSON.stringify({ ...head, ...body, lastmile: mark });
}

/** Bytes of the largest message that the gateway makes for this site, estimated with long numbers. */
export function largestMessageBytes(site: Site): number {
  const sizes = new Map<string, number>();
  for (const tag of site.tags) {
    const group = `${tag.line}/${tag.group}`;
    sizes.set(group, (sizes.get(group) ?? frameBytes) + utf8Length(tag.name) + valueBytes(site));
  }
  return Math.max(frameBytes, ...sizes.values());
}

/** Braces, names of node and group, the time. */
const frameBytes = 200;

/** `"":-1.23456789012e+30,` or `{"name":"","value":-1.23456789012e+30},` */
function valueBytes(site: Site): number {
  return site.uplink?.format === "tags" ? 44 : 26;
}
