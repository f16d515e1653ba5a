import { type Phrase, phrase } from "#domain/phrase.ts";
import type { Kept } from "#domain/site/kept.ts";
import { groupSchema } from "#domain/site/schema.ts";
import type { Group, Line, Site, Unit } from "#domain/site/site.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { settingsToKeep } from "./keptParts.ts";
import type { NeuronConfig, NeuronGroup, NeuronNode } from "./neuronConfig.ts";
import { lineSettings } from "./neuronSettings.ts";
import { lineOf } from "./neuronToLine.ts";
import { followsNodeOrder, type NodeReading, nodeReading, tagOf, tagToKeep } from "./neuronToTag.ts";

export interface TakenLines extends Pick<Site, "lines" | "groups" | "tags"> {
  readonly settings: Kept["settings"];
  readonly keptGroups: Kept["groups"];
  readonly keptTags: Kept["tags"];
  readonly notes: readonly Phrase[];
}

interface Taking {
  readonly line: Line;
  readonly groups: readonly TakenGroup[];
  readonly settings: Kept["settings"];
  readonly notes: readonly Phrase[];
}

interface TakenGroup {
  readonly found: NeuronGroup;
  readonly group: Group | undefined;
  readonly tags: readonly Tag[];
  readonly kept: Kept["tags"];
}

const settingsOfOrder: readonly string[] = ["address_base", "endianess", "endianess_64"];

/** The Modbus nodes of a gateway as lines with their groups and tags. */
export function takeLines(site: Site, config: NeuronConfig): TakenLines {
  const ids = new Set(site.lines.map((line) => line.id));
  const freshId = () => {
    for (let count = 1; ; count++) {
      const id = `line-${count}`;
      if (ids.has(id)) continue;
      ids.add(id);
      return id;
    }
  };
  const taken = config.nodes.flatMap((node) => takeLine(site, config, node, freshId) ?? []);
  const lines = taken.map(({ line }) => line);
  const names = new Set(lines.map((line) => line.name));
  const replaced = new Set(lines.map((line) => line.id));
  const groups = taken.flatMap((one) => one.groups);
  return {
    // Lines that the gateway does not have stay the site's.
    lines: [...lines, ...site.lines.filter((line) => !replaced.has(line.id) && !names.has(line.name))],
    groups: groups.flatMap(({ group, tags }) => (group && tags.length > 0 ? [group] : [])),
    tags: groups.flatMap(({ tags }) => tags),
    settings: taken.flatMap((one) => one.settings),
    keptGroups: taken.flatMap(({ line, groups: all }) =>
      all
        .filter(({ tags }) => tags.length === 0)
        .map(({ found }) => ({ line: line.id, name: found.group, intervalMs: found.interval })),
    ),
    keptTags: groups.flatMap(({ kept }) => kept),
    notes: taken.flatMap((one) => one.notes),
  };
}

function takeLine(
  site: Site,
  config: NeuronConfig,
  node: NeuronNode,
  freshId: () => string,
): Taking | undefined {
  const { name, plugin } = node;
  const params = config.settings.find((setting) => setting.node === name)?.params;
  if ((plugin !== "Modbus TCP" && plugin !== "Modbus RTU") || params === undefined) return undefined;
  const reading = nodeReading(params);
  const found = config.groups.filter((group) => group.driver === name);
  const tagsIn = (group: string) =>
    config.tags.filter((one) => one.driver === name && one.group === group).flatMap((one) => one.tags);
  const all = found.flatMap(({ group }) => tagsIn(group));
  const isPlain = reading.order32 === "LL" && reading.order64 === "LL";
  // Their order would change with the node's, and they have none of their own.
  if (!isPlain && all.some(followsNodeOrder)) return undefined;
  const known = site.lines.find((line) => line.name === name);
  const line = lineOf(node, params, known, freshId);
  if (line === undefined) return undefined;
  const keys = new Set<string>();
  const groups = found.map((group) => takeGroup(line, group, tagsIn(group.group), reading, keys));
  const tags = groups.flatMap((group) => group.tags);
  const written = isPlain ? 0 : tags.filter((tag) => orderedTypes.has(tag.type)).length;
  const settings = settingsToKeep(line.id, plugin, params, lineSettings(line));
  return {
    line: { ...line, units: unitsOf(line, tags) },
    groups: groups,
    settings: settings.filter((setting) => !settingsOfOrder.includes(setting.name)),
    notes: [
      ...(written > 0 ? [phrase("take.orderWritten", { node: name, tags: written })] : []),
      ...groups.flatMap(({ found: { group, interval }, kept, tags: own }) => [
        ...(own.length === 0 ? [phrase("take.groupKept", { node: name, group, intervalMs: interval })] : []),
        ...kept.map(({ tag }) =>
          phrase("take.tagKept", {
            node: name,
            tag: `${group}/${tag.name}`,
            type: tag.type,
            address: tag.address,
          }),
        ),
      ]),
    ],
  };
}

const orderedTypes: ReadonlySet<Tag["type"]> = new Set([
  "int32",
  "uint32",
  "float",
  "int64",
  "uint64",
  "double",
]);

function takeGroup(
  line: Line,
  found: NeuronGroup,
  raw: NeuronConfig["tags"][number]["tags"],
  reading: NodeReading,
  keys: Set<string>,
): TakenGroup {
  const place = { line: line.id, group: found.group };
  const given = { line: line.id, name: found.group, intervalMs: found.interval };
  const read = groupSchema.safeParse(given);
  const group = read.success && read.data.name === found.group ? read.data : undefined;
  const tags: Tag[] = [];
  const kept: Kept["tags"][number][] = [];
  for (const one of raw) {
    const tag = group && tagOf(one, place, reading);
    // Names may hold slashes, so that two places can have one key.
    if (tag === undefined || keys.has(tagKey(tag))) {
      kept.push({ ...place, tag: { ...tagToKeep(one, reading) } });
      continue;
    }
    keys.add(tagKey(tag));
    tags.push(tag);
  }
  return { found, group, tags, kept };
}

/** Stations that tags name are the line's. */
function unitsOf(line: Line, tags: readonly Tag[]): readonly Unit[] {
  const units = new Map(line.units.map((unit) => [unit.number, unit]));
  for (const { address } of tags) {
    if (!units.has(address.unit)) units.set(address.unit, { number: address.unit, name: "", identity: "" });
  }
  return [...units.values()].sort((a, b) => a.number - b.number);
}
