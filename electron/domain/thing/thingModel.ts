import type { Line, Site } from "../site/site.ts";
import type { Tag } from "../tag/tag.ts";
import { tagKey } from "../tag/tag.ts";

/**
 * What a site offers to the world: its properties, and the tag that each comes from. A property without a tag is
 * wanted, but not mapped yet.
 */
export interface ThingModel {
  readonly id: string;
  readonly title: string;
  readonly properties: readonly ThingProperty[];
}

export interface ThingProperty {
  /** unique in the model */
  readonly name: string;
  readonly description: string;
  readonly type: "number" | "integer" | "boolean" | "string" | "bytes";
  readonly unit: string;
  /** shown values that it can have; undefined where nothing bounds them */
  readonly range: { readonly min: number; readonly max: number } | undefined;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly place: ThingPlace | undefined;
}

/** The tag behind a property, with its group's interval. */
export interface ThingPlace extends Omit<Tag, "description" | "unit"> {
  readonly intervalMs: number;
}

/** A site as a thing: every tag is a property, named by its place in the site. */
export function thingOfSite(site: Site): ThingModel {
  const intervals = new Map(site.groups.map((group) => [`${group.line}/${group.name}`, group.intervalMs]));
  const properties = site.tags.map((tag) =>
    propertyOfTag(tag, intervals.get(`${tag.line}/${tag.group}`) ?? 1000),
  );
  return { id: site.id, title: site.name, properties };
}

function propertyOfTag(tag: Tag, intervalMs: number): ThingProperty {
  const { description, unit, ...place } = tag;
  return {
    name: tagKey(tag),
    description,
    type: propertyType(tag),
    unit,
    range: rangeOf(tag),
    readable: isReadable(tag),
    writable: tag.access.includes("write"),
    place: { ...place, intervalMs },
  };
}

export function isReadable({ access }: Pick<Tag, "access">): boolean {
  return access.includes("read") || access.includes("subscribe");
}

export function propertyType({
  type,
  scale,
  bias,
}: Pick<Tag, "type" | "scale" | "bias">): ThingProperty["type"] {
  if (type === "bit") return "boolean";
  if (type === "string" || type === "bytes") return type;
  const isWhole = type !== "float" && type !== "double" && Number.isInteger(scale) && Number.isInteger(bias);
  return isWhole ? "integer" : "number";
}

const bounds: Partial<Record<Tag["type"], readonly [min: number, max: number]>> = {
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
};

/** What the type can carry, as shown; 64-bit integers and reals are not bounded by it. */
export function rangeOf({ type, scale, bias }: Pick<Tag, "type" | "scale" | "bias">): ThingProperty["range"] {
  const raw = bounds[type];
  if (!raw) return undefined;
  const [a, b] = [raw[0] * scale + bias, raw[1] * scale + bias];
  return Number.isFinite(a) && Number.isFinite(b) ? { min: Math.min(a, b), max: Math.max(a, b) } : undefined;
}

/** The tag behind a property, on a line of this site. */
export function tagOfProperty(property: ThingProperty, place: ThingPlace): Tag {
  const { intervalMs: _, ...tag } = place;
  return { ...tag, unit: property.unit, description: property.description };
}

export interface ThingMap {
  readonly mapped: readonly { readonly property: string; readonly tag: string }[];
  /** properties that no tag of the site stands for */
  readonly unmapped: readonly string[];
  /** keys of tags that no property asks for */
  readonly unused: readonly string[];
}

/**
 * Which tags of a site stand for a model's properties: the tag of the same name, else the first at the same place
 * on the wire.
 */
export function mapThing(model: ThingModel, tags: readonly Tag[], lines: readonly Line[]): ThingMap {
  const ids = lineIds(lines);
  const byKey = new Set(tags.map(tagKey));
  const byPlace = new Map<string, string>();
  for (const tag of [...tags].reverse()) byPlace.set(wirePlace(tag), tagKey(tag));
  const mapped: { property: string; tag: string }[] = [];
  const unmapped: string[] = [];
  for (const { name, place } of model.properties) {
    const here = place && { ...place, line: ids.get(place.line) ?? place.line };
    const key = here && (byKey.has(tagKey(here)) ? tagKey(here) : byPlace.get(wirePlace(here)));
    if (key === undefined) unmapped.push(name);
    else mapped.push({ property: name, tag: key });
  }
  const used = new Set(mapped.map((one) => one.tag));
  return { mapped, unmapped, unused: tags.map(tagKey).filter((key) => !used.has(key)) };
}

/** A line is named in a file by its name or its id. */
export function lineIds(lines: readonly Line[]): ReadonlyMap<string, string> {
  return new Map([
    ...lines.map((line) => [line.name, line.id] as const),
    ...lines.map((line) => [line.id, line.id] as const),
  ]);
}

function wirePlace({ line, address, type }: Pick<Tag, "line" | "address" | "type">): string {
  const { unit, area, offset, bit } = address;
  return `${line} ${unit} ${area} ${offset} ${bit ?? ""} ${type}`;
}
