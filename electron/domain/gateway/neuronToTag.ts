import type { ByteOrder } from "#domain/tag/address.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { type Access, accesses, type Tag, type TagType } from "#domain/tag/tag.ts";
import { lintTag } from "./lintTag.ts";
import type { NeuronTag } from "./neuronConfig.ts";
import { accessBits, typeCodes } from "./typeCodes.ts";

/** What a node's settings say of the addresses of its tags. */
export interface NodeReading {
  /** what the first register is called */
  readonly base: 0 | 1;
  /** byte orders of tags that name none */
  readonly order32: ByteOrder;
  readonly order64: ByteOrder;
}

const orders32: Readonly<Record<number, ByteOrder>> = { 1: "LL", 2: "LB", 3: "BB", 4: "BL" };
const orders64: Readonly<Record<number, ByteOrder>> = {
  1: "LL",
  2: "LB",
  3: "BB",
  4: "BL",
  5: "WS",
  6: "WR",
};

export function nodeReading(params: Readonly<Record<string, unknown>>): NodeReading {
  return {
    base: params.address_base === 0 ? 0 : 1,
    order32: orders32[Number(params.endianess ?? 1)] ?? "LL",
    order64: orders64[Number(params.endianess_64 ?? 1)] ?? "LL",
  };
}

const typeOfCode = new Map((Object.keys(typeCodes) as TagType[]).map((type) => [typeCodes[type], type]));
const types32: ReadonlySet<TagType> = new Set(["int32", "uint32", "float"]);
const types64: ReadonlySet<TagType> = new Set(["int64", "uint64", "double"]);
const members = [
  "type",
  "name",
  "attribute",
  "precision",
  "decimal",
  "bias",
  "address",
  "description",
  "unit",
];

/**
 * A gateway's tag as one of the site's. Its byte order is written to it where its node's is not the plain one.
 *
 * @returns undefined for what a site cannot say: other types, addresses that Neuron reads as something else, members
 *   that nobody knows
 */
export function tagOf(
  raw: NeuronTag,
  place: { readonly line: string; readonly group: string },
  reading: NodeReading,
): Tag | undefined {
  const type = typeOfCode.get(raw.type);
  if (type === undefined || raw.attribute < 1 || raw.attribute > 7) return undefined;
  if (raw.name === "" || raw.name !== raw.name.trim()) return undefined;
  const others = Object.entries(raw).filter(([name, value]) => !members.includes(name) && Boolean(value));
  if (others.length > 0) return undefined;
  const address = parseAddress(raw.address, type, reading.base);
  // An address with blanks around it is read otherwise by Neuron than by us.
  if (!address.ok || raw.address !== raw.address.trim()) return undefined;
  const usual = types32.has(type) ? reading.order32 : types64.has(type) ? reading.order64 : "LL";
  const isPlain = address.value.order !== undefined || usual === "LL";
  const access: readonly Access[] = accesses.filter((one) => (raw.attribute & accessBits[one]) !== 0);
  const tag: Tag = {
    ...place,
    name: raw.name,
    address: isPlain ? address.value : { ...address.value, order: usual },
    type,
    access,
    scale: raw.decimal === 0 ? 1 : raw.decimal,
    bias: raw.bias,
    precision: raw.precision,
    unit: raw.unit,
    description: raw.description,
  };
  return lintTag(tag, "").length === 0 ? tag : undefined;
}

/** A tag in the gateway's own words, its address counted from 1 as the site's nodes count. */
export function tagToKeep(raw: NeuronTag, { base }: NodeReading): NeuronTag {
  if (base === 1) return raw;
  const address = raw.address.replace(
    /^(\s*\d+![0134])(\d+)/,
    (_, place: string, register: string) => `${place}${String(Number(register) + 1).padStart(5, "0")}`,
  );
  return { ...raw, address };
}

/** Wide types that a site cannot say: their order is the node's, which the site does not keep. */
export function followsNodeOrder(raw: NeuronTag): boolean {
  return !typeOfCode.has(raw.type) && raw.type >= 17 && !raw.address.includes("#");
}
