import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import type { TagType } from "#domain/tag/tag.ts";
import { utf8Length } from "#domain/utf8.ts";
import type { Publishing } from "./dayCost.ts";

/** Usual characters of a value in JSON, by type. */
const valueLength: Readonly<Record<TagType, number>> = {
  bit: 1,
  ...{ int16: 4, uint16: 4, int32: 6, uint32: 6, int64: 9, uint64: 9 },
  ...{ float: 6, double: 8, string: 18, bytes: 30 },
};

/** What the gateway publishes of a site, each group with the length that its messages will have. */
export function publishingOf(site: Site): readonly Publishing[] {
  return site.groups.flatMap((group) => {
    const line = site.lines.find(({ id }) => id === group.line);
    const tags = site.tags.filter((tag) => tag.line === group.line && tag.group === group.name);
    if (line === undefined || tags.length === 0) return [];
    const isList = site.uplink?.format === "tags";
    const around = `{"node": "${line.name}", "group": "${group.name}", "timestamp": 1700000000000, ${isList ? '"tags": []' : '"values": {}, "errors": {}, "metas": {}'}}`;
    // `"name": value, ` or `{"name": "name", "value": value}, `
    const beside = isList ? 24 : 6;
    const payloadBytes = tags.reduce(
      (sum, tag) => sum + utf8Length(tag.name) + valueLength[tag.type] + beside,
      utf8Length(around),
    );
    return [
      { topicBytes: utf8Length(topicOf(site, line, group.name)), payloadBytes, intervalMs: group.intervalMs },
    ];
  });
}
