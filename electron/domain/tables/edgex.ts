import { stringify } from "yaml";
import { z } from "zod";
import type { Problem } from "../problem.ts";
import type { Area } from "../tag/address.ts";
import type { Column } from "../tag/columns.ts";
import { lettersOf } from "../tag/orderWord.ts";
import type { Tag, TagType } from "../tag/tag.ts";
import { wordsOfType } from "../tag/width.ts";
import type { RawRow } from "./collectTags.ts";
import { numbered } from "./neuronJson.ts";
import type { Tagged } from "./printTable.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const resource = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  attributes: z.looseObject({
    primaryTable: z.string(),
    startingAddress: scalar,
    rawType: z.string().optional(),
    isByteSwap: scalar.optional(),
    isWordSwap: scalar.optional(),
    stringRegisterSize: scalar.optional(),
  }),
  properties: z.looseObject({
    valueType: z.string(),
    readWrite: z.string().optional(),
    units: z.string().nullish(),
    scale: scalar.nullish(),
    offset: scalar.nullish(),
    base: scalar.nullish(),
    mask: scalar.nullish(),
    shift: scalar.nullish(),
  }),
});
const profile = z.looseObject({ deviceResources: z.array(resource) });

export const edgexColumns: readonly Column[] = [
  ...([
    "name",
    "address",
    "area",
    "type",
    "order",
    "access",
    "scale",
    "bias",
    "unit",
    "description",
  ] as const),
];

const areas: Readonly<Record<string, Area>> = {
  COILS: "coil",
  DISCRETES_INPUT: "discrete",
  INPUT_REGISTERS: "input",
  HOLDING_REGISTERS: "holding",
};

/** The rows of an EdgeX device profile for Modbus; its starting addresses count from 0. Undefined when it is none. */
export function edgexRows(document: unknown): readonly RawRow[] | undefined {
  const read = profile.safeParse(document);
  if (!read.success) return undefined;
  const { deviceResources } = read.data;
  const cells = deviceResources.map(({ name, description, attributes, properties }) => {
    const isText = /^string$/i.test(properties.valueType);
    return {
      name,
      description: description ?? "",
      area: areas[attributes.primaryTable.toUpperCase()] ?? attributes.primaryTable,
      address: String(attributes.startingAddress),
      type: isText ? "string" : (attributes.rawType ?? properties.valueType),
      length: isText ? String(attributes.stringRegisterSize ?? "") : "",
      order: orderOf(isTrue(attributes.isByteSwap), isTrue(attributes.isWordSwap)),
      access: properties.readWrite ?? "R",
      scale: String(properties.scale ?? ""),
      bias: String(properties.offset ?? ""),
      unit: properties.units ?? "",
    };
  });
  return numbered(cells, (index) => {
    const { name, attributes, properties } = deviceResources[index] as z.infer<typeof resource>;
    const { startingAddress } = attributes;
    // Without quotes YAML reads 10.10 as the number 10.1: whether bit 1 or 10 was meant is gone.
    const isFraction = typeof startingAddress === "number" && !Number.isInteger(startingAddress);
    const unfit = (part: string, text: string): Problem => ({ code: "tag.partUnfit", name, part, text });
    const changing = (["base", "mask", "shift"] as const).flatMap((part) => {
      const text = String(properties[part] ?? "");
      return text === "" || Number(text) === 0 ? [] : [unfit(part, text)];
    });
    return isFraction ? [unfit("startingAddress", String(startingAddress)), ...changing] : changing;
  });
}

const isTrue = (value: unknown) => String(value).toLowerCase() === "true";

function orderOf(swapsBytes: boolean, swapsWords: boolean): string {
  if (swapsBytes) return swapsWords ? "DCBA" : "BADC";
  return swapsWords ? "CDAB" : "";
}

/** What a profile cannot say of a tag; "all" when it cannot hold the tag at all. */
export function edgexLoses(tag: Tag, isOneUnit: boolean): readonly string[] | "all" {
  if (tag.type === "bytes" || (tag.type === "string" && (tag.address.length ?? 0) % 2 === 1)) return "all";
  const lost: string[] = [];
  if (!isOneUnit) lost.push("unitNumber");
  const letters = lettersOf(tag.address, tag.type);
  // The device service swaps 32-bit values alone.
  const swaps = tag.type === "int32" || tag.type === "uint32" || tag.type === "float";
  if (letters === undefined || (letters !== "ABCD" && !swaps)) lost.push("order");
  if (tag.access.includes("subscribe")) lost.push("access");
  if (tag.precision !== 0) lost.push("precision");
  return lost;
}

const primaryTables: Readonly<Record<Area, string>> = {
  coil: "COILS",
  discrete: "DISCRETES_INPUT",
  input: "INPUT_REGISTERS",
  holding: "HOLDING_REGISTERS",
};
const valueTypes: Readonly<Record<Exclude<TagType, "bytes">, string>> = {
  int16: "Int16",
  uint16: "Uint16",
  int32: "Int32",
  uint32: "Uint32",
  int64: "Int64",
  uint64: "Uint64",
  float: "Float32",
  double: "Float64",
  bit: "Bool",
  string: "String",
};

/** A device profile of one unit's tags. */
export function printEdgex({ tags }: Tagged, name: string): string {
  const deviceResources = tags.map((tag) => {
    const { address, type } = tag;
    const letters = lettersOf(address, type) ?? "ABCD";
    const isWide = type !== "string" && type !== "bytes" && type !== "bit" && wordsOfType[type] === 2;
    const valueType = valueTypes[type as Exclude<TagType, "bytes">];
    const isScaled = tag.scale !== 1 || tag.bias !== 0;
    return {
      name: tag.name,
      description: tag.description,
      attributes: {
        primaryTable: primaryTables[address.area],
        startingAddress: `${address.offset}${address.bit === undefined ? "" : `.${address.bit}`}`,
        ...(type !== "string" && { rawType: valueType }),
        ...(isWide && (letters === "BADC" || letters === "DCBA") && { isByteSwap: true }),
        ...(isWide && (letters === "CDAB" || letters === "DCBA") && { isWordSwap: true }),
        ...(type === "string" && { stringRegisterSize: (address.length ?? 2) / 2 }),
      },
      properties: {
        // A scaled whole number has a fraction, which its own type could not hold.
        valueType: isScaled && type !== "double" ? "Float64" : valueType,
        readWrite: tag.access.includes("write") ? (tag.access.includes("read") ? "RW" : "W") : "R",
        units: tag.unit,
        ...(tag.scale !== 1 && { scale: tag.scale }),
        ...(tag.bias !== 0 && { offset: tag.bias }),
      },
    };
  });
  return stringify({ apiVersion: "v3", name, deviceResources }, { lineWidth: 0 });
}
