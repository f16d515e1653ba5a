import { type Kept, nothingKept, uplinkKey } from "#domain/site/kept.ts";
import type { Group, Line, Site } from "#domain/site/site.ts";
import { printExactJson } from "./exactJson.ts";
import type { NeuronSubscription, NeuronTag } from "./neuronConfig.ts";
import { defaultSetting } from "./neuronNormal.ts";
import { isSecretName } from "./seal.ts";

type Params = Readonly<Record<string, unknown>>;

/** The name of the MQTT node that carries a site's values to its cloud. */
export function uplinkNodeOf(site: Pick<Site, "kept">): string {
  return site.kept?.uplinkNode ?? uplinkKey;
}

/** The site's own settings of a node, with what was found there and what the site still says as it did then. */
export function withKeptSettings(site: Site, node: string, own: Params): Params {
  const params: Record<string, unknown> = { ...own };
  for (const { node: of, name, value, instead } of site.kept?.settings ?? []) {
    if (of !== node || !isSame(own[name] ?? null, instead)) continue;
    if (value === null) delete params[name];
    else params[name] = value;
  }
  return params;
}

export function keptLabels(site: Site, node: string): string {
  return site.kept?.labels.find((one) => one.node === node)?.labels ?? "";
}

/** The groups of a line that a gateway gets: the site's, and those in which only kept tags are. */
export function groupsWithKept(site: Site, line: Line): readonly Group[] {
  const own = site.groups.filter((group) => group.line === line.id);
  const names = new Set(own.map((group) => group.name));
  const { groups } = site.kept ?? nothingKept;
  return [...own, ...groups.filter((group) => group.line === line.id && !names.has(group.name))];
}

/** Kept tags of a group, save those whose name the site has given to another since. */
export function keptTags(site: Site, group: Group, own: readonly NeuronTag[]): readonly NeuronTag[] {
  const names = new Set(own.map((tag) => tag.name));
  return (site.kept?.tags ?? [])
    .filter(({ line, group: name, tag }) => {
      return line === group.line && name === group.name && !names.has(tag.name);
    })
    .map(({ tag }) => tag);
}

/** How a group is subscribed; undefined where it was found not to be. */
export function keptSubscription(
  site: Site,
  line: Line,
  group: string,
  topic: string,
): Omit<NeuronSubscription, "driver" | "group"> | undefined {
  const kept = site.kept?.subscriptions.find((one) => one.line === line.id && one.group === group);
  if (kept === undefined) return { params: { topic } };
  if (kept.as === null) return undefined;
  return topic === kept.topic ? kept.as : { params: { topic } };
}

/**
 * What the site does not say of a node's settings, although the gateway has them so. What either side leaves to the
 * plugin's default is no difference, and secrets are not kept.
 */
export function settingsToKeep(node: string, plugin: string, found: Params, own: Params): Kept["settings"] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(own)])];
  return names
    .filter((name) => !isSecretName(name))
    .flatMap((name) => {
      const usual = defaultSetting(plugin, name) ?? null;
      const value = found[name] ?? null;
      const instead = own[name] ?? null;
      if (isSame(value ?? usual, instead ?? usual)) return [];
      return [{ node, name, value, instead }];
    });
}

function isSame(one: unknown, other: unknown): boolean {
  return printExactJson(one) === printExactJson(other);
}
