import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { uplinkKey } from "#domain/site/kept.ts";
import type { Line, Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { type GatewayAbilities, oldestGateway } from "./dialect.ts";
import {
  groupsWithKept,
  keptLabels,
  keptSubscription,
  keptTags,
  uplinkNodeOf,
  withKeptSettings,
} from "./keptParts.ts";
import { lintSite } from "./lint.ts";
import type { NeuronConfig, NeuronGroup, NeuronGroupTags, NeuronTag } from "./neuronConfig.ts";
import { lineSettings, pluginOf, uplinkSettings } from "./neuronSettings.ts";
import { accessBits, typeCodes } from "./typeCodes.ts";

/**
 * The whole configuration of a gateway for one site: a driver node a line, its groups and tags, and one MQTT node
 * that is subscribed to each group. Lines and groups without tags are left out.
 *
 * Neuron takes much that it later reads wrong, and its import destroys before it checks, so everything is checked
 * here first: the problems are those of lintSite. What was found on the gateway and kept goes back as it was.
 *
 * @param gateway what the gateway can do, where that is known
 */
export function neuronConfigOf(
  site: Site,
  secrets: { readonly uplinkPassword: string; readonly uplinkKey?: string },
  gateway: GatewayAbilities = oldestGateway,
): Result<NeuronConfig, readonly Problem[]> {
  const problems = lintSite(site, gateway);
  if (problems.length > 0 || site.uplink === null) return refused(problems);

  const groups = site.lines.flatMap((line) => groupsOf(site, line));
  const drivers = site.lines.filter((line) => groups.some((group) => group.line === line));
  const app = uplinkNodeOf(site);
  const subscribed = groups.flatMap(({ line, entry: { driver, group } }) => {
    const as = keptSubscription(site, line, group, topicOf(site, line, group));
    return as === undefined ? [] : [{ driver, group, ...as }];
  });
  return ok({
    nodes: [
      { plugin: "MQTT", name: app, support_import_tags: false, tags: keptLabels(site, uplinkKey) },
      ...drivers.map((line) => ({
        plugin: pluginOf(line),
        name: line.name,
        support_import_tags: false,
        tags: keptLabels(site, line.id),
      })),
    ],
    groups: groups.map((group) => group.entry),
    tags: groups.map((group) => group.tags).filter((group) => group.tags.length > 0),
    subscriptions: subscribed.length === 0 ? [] : [{ app, groups: subscribed }],
    settings: [
      { node: app, params: withKeptSettings(site, uplinkKey, uplinkSettings(site, site.uplink, secrets)) },
      ...drivers.map((line) => ({
        node: line.name,
        params: withKeptSettings(site, line.id, lineSettings(line)),
      })),
    ],
  });
}

interface LineGroup {
  readonly line: Line;
  readonly entry: NeuronGroup;
  readonly tags: NeuronGroupTags;
}

function groupsOf(site: Site, line: Line): readonly LineGroup[] {
  return groupsWithKept(site, line).flatMap((group) => {
    const own = site.tags.filter((tag) => tag.line === line.id && tag.group === group.name).map(neuronTag);
    const tags = [...own, ...keptTags(site, group, own)];
    const isOwn = site.groups.includes(group);
    if (tags.length === 0 && isOwn) return [];
    const place = { driver: line.name, group: group.name };
    return [
      {
        line,
        entry: { ...place, tag_count: tags.length, interval: group.intervalMs },
        tags: { ...place, tags },
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
