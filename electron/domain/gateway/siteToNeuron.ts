import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Line, Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Access, Tag, TagType } from "#domain/tag/tag.ts";
import { lintSite } from "./lint.ts";
import type { NeuronConfig, NeuronGroup, NeuronGroupTags, NeuronTag } from "./neuronConfig.ts";
import { lineSettings, pluginOf, uplinkSettings } from "./neuronSettings.ts";

/** The name of the MQTT node that carries a site's values to its cloud. */
export const uplinkNode = "uplink";

/**
 * The whole configuration of a gateway for one site: a driver node a line, its groups and tags, and one MQTT node
 * that is subscribed to each group. Lines and groups without tags are left out.
 *
 * Neuron takes much that it later reads wrong, and its import destroys before it checks, so everything is checked
 * here first: the problems are those of lintSite.
 */
export function neuronConfigOf(
  site: Site,
  secrets: { readonly uplinkPassword: string; readonly uplinkKey?: string },
): Result<NeuronConfig, readonly Problem[]> {
  const problems = lintSite(site);
  if (problems.length > 0 || site.uplink === null) return refused(problems);

  const groups = site.lines.flatMap((line) => groupsOf(site, line));
  const drivers = site.lines.filter((line) => groups.some((group) => group.line === line));
  return ok({
    nodes: [
      { plugin: "MQTT", name: uplinkNode, support_import_tags: false, tags: "" },
      ...drivers.map((line) => ({
        plugin: pluginOf(line),
        name: line.name,
        support_import_tags: false,
        tags: "",
      })),
    ],
    groups: groups.map((group) => group.entry),
    tags: groups.map((group) => group.tags),
    subscriptions: [
      {
        app: uplinkNode,
        groups: groups.map(({ line, entry }) => ({
          driver: entry.driver,
          group: entry.group,
          params: { topic: topicOf(site, line, entry.group) },
        })),
      },
    ],
    settings: [
      { node: uplinkNode, params: uplinkSettings(site, site.uplink, secrets) },
      ...drivers.map((line) => ({ node: line.name, params: lineSettings(line) })),
    ],
  });
}

interface LineGroup {
  readonly line: Line;
  readonly entry: NeuronGroup;
  readonly tags: NeuronGroupTags;
}

function groupsOf(site: Site, line: Line): readonly LineGroup[] {
  return site.groups
    .filter((group) => group.line === line.id)
    .flatMap((group) => {
      const tags = site.tags.filter((tag) => tag.line === line.id && tag.group === group.name);
      if (tags.length === 0) return [];
      const place = { driver: line.name, group: group.name };
      return [
        {
          line,
          entry: { ...place, tag_count: tags.length, interval: group.intervalMs },
          tags: { ...place, tags: tags.map(neuronTag) },
        },
      ];
    });
}

function neuronTag(tag: Tag): NeuronTag {
  return {
    type: typeCodes[tag.type],
    name: tag.name,
    attribute: tag.access.reduce((bits, access) => bits | accessBits[access], 0),
    precision: tag.precision,
    // Neuron's 0 means no factor; 1 would turn whole numbers into doubles and lose 64-bit digits.
    decimal: tag.scale === 1 ? 0 : tag.scale,
    bias: tag.bias,
    address: printAddress(tag.address),
    description: tag.description,
    unit: tag.unit,
  };
}

/** Neuron's attribute bits. */
export const accessBits: Readonly<Record<Access, number>> = { read: 1, write: 2, subscribe: 4 };

/** Neuron's numbers for the types that it reads right. */
export const typeCodes: Readonly<Record<TagType, number>> = {
  int16: 3,
  uint16: 4,
  int32: 5,
  uint32: 6,
  int64: 7,
  uint64: 8,
  float: 9,
  double: 10,
  bit: 11,
  string: 13,
  bytes: 14,
};
