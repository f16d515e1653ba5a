import { z } from "zod";
import type { NeuronTag } from "../gateway/neuronConfig.ts";
import type { Column } from "../tag/columns.ts";
import { printAddress } from "../tag/printAddress.ts";
import { type Access, accesses, type Tag, type TagType } from "../tag/tag.ts";
import type { RawRow } from "./collectTags.ts";
import type { Tagged } from "./printTable.ts";

/** Neuron's numbers for data types; those without a name of ours pass its checks and read wrong. */
const labelOfCode: Readonly<Record<number, string>> = {
  1: "INT8",
  2: "UINT8",
  3: "int16",
  4: "uint16",
  5: "int32",
  6: "uint32",
  7: "int64",
  8: "uint64",
  9: "float",
  10: "double",
  11: "bit",
  12: "BOOL",
  13: "string",
  14: "bytes",
  16: "WORD",
  17: "DWORD",
  18: "LWORD",
};
const codeOfType = new Map(
  Object.entries(labelOfCode).map(([code, label]) => [label as TagType, Number(code)]),
);
const accessBits: Readonly<Record<Access, number>> = { read: 1, write: 2, subscribe: 4 };

const tagShape = z.looseObject({
  name: z.string(),
  address: z.string().default(""),
  type: z.number().default(0),
  attribute: z.number().default(1),
  precision: z.number().default(0),
  decimal: z.number().default(0),
  bias: z.number().default(0),
  description: z.string().default(""),
  unit: z.string().default(""),
});
const groupShape = z.looseObject({
  group: z.string(),
  interval: z.number().optional(),
  tags: z.array(tagShape).default([]),
});
const shapes = {
  /** GET and PUT /global/config */
  config: z.looseObject({
    groups: z
      .array(z.looseObject({ driver: z.string(), group: z.string(), interval: z.number().optional() }))
      .default([]),
    tags: z.array(z.looseObject({ driver: z.string(), group: z.string(), tags: z.array(tagShape) })),
  }),
  /** POST /gtags */
  node: z.looseObject({ node: z.string().default(""), groups: z.array(groupShape) }),
  /** POST and GET /tags */
  tags: z.looseObject({
    node: z.string().default(""),
    group: z.string().default(""),
    tags: z.array(tagShape),
  }),
};

/** The rows of any of Neuron's documents that hold tags; undefined when it is none. */
export function neuronRows(document: unknown): readonly RawRow[] | undefined {
  const config = shapes.config.safeParse(document);
  if (config.success) {
    const interval = new Map(config.data.groups.map((one) => [`${one.driver}/${one.group}`, one.interval]));
    return numbered(
      config.data.tags.flatMap(({ driver, group, tags }) =>
        tags.map((tag) => cellsOf(tag, driver, group, interval.get(`${driver}/${group}`))),
      ),
    );
  }
  const node = shapes.node.safeParse(document);
  if (node.success) {
    return numbered(
      node.data.groups.flatMap(({ group, interval, tags }) =>
        tags.map((tag) => cellsOf(tag, node.data.node, group, interval)),
      ),
    );
  }
  const list = shapes.tags.safeParse(document);
  return list.success
    ? numbered(list.data.tags.map((tag) => cellsOf(tag, list.data.node, list.data.group)))
    : undefined;
}

export const neuronColumns: readonly Column[] = [
  ...([
    "line",
    "group",
    "name",
    "address",
    "type",
    "access",
    "scale",
    "bias",
    "precision",
    "unit",
    "description",
  ] as const),
];

type Cells = Partial<Record<Column, string>>;

function cellsOf(tag: z.infer<typeof tagShape>, line: string, group: string, interval?: number): Cells {
  const words = accesses.filter((access) => (tag.attribute & accessBits[access]) !== 0);
  return {
    line,
    group,
    interval: interval === undefined ? "" : String(interval),
    name: tag.name.trim(),
    address: tag.address.trim(),
    type: labelOfCode[tag.type] ?? `type ${tag.type}`,
    access: words.length === 0 ? `attribute ${tag.attribute}` : words.join(" "),
    scale: String(tag.decimal),
    bias: String(tag.bias),
    precision: String(tag.precision),
    unit: tag.unit.trim(),
    description: tag.description.trim(),
  };
}

/** Rows of a list are counted from 1. */
export function numbered(
  all: readonly Cells[],
  problems?: (index: number) => RawRow["problems"],
): readonly RawRow[] {
  return all.map((cells, index) => {
    const found = problems?.(index) ?? [];
    const cell = (column: Column) => cells[column] ?? "";
    return found.length > 0 ? { row: index + 1, cell, problems: found } : { row: index + 1, cell };
  });
}

/** The part of Neuron's global configuration that holds tags, one tag a line. */
export function printNeuronJson({ tags, groups, lines }: Tagged): string {
  const nameOfLine = new Map(lines.map((line) => [line.id, line.name]));
  const byGroup = new Map<string, Tag[]>();
  for (const tag of tags) {
    const key = `${tag.line}\n${tag.group}`;
    const members = byGroup.get(key);
    if (members) members.push(tag);
    else byGroup.set(key, [tag]);
  }
  const all = [...byGroup.values()].map((members) => {
    const { line, group } = members[0] as Tag;
    const interval = groups.find((one) => one.line === line && one.name === group)?.intervalMs;
    return { driver: nameOfLine.get(line) ?? line, group, interval, members };
  });
  const groupLines = all
    .filter(({ interval }) => interval !== undefined)
    .map(({ driver, group, interval, members }) =>
      JSON.stringify({ driver, group, tag_count: members.length, interval }),
    );
  const tagLines = all.map(({ driver, group, members }) => {
    const place = `"driver": ${JSON.stringify(driver)}, "group": ${JSON.stringify(group)}`;
    return `    { ${place}, "tags": [\n      ${members.map((tag) => JSON.stringify(neuronTagOf(tag))).join(",\n      ")}\n    ] }`;
  });
  return `{\n  "groups": [\n    ${groupLines.join(",\n    ")}\n  ],\n  "tags": [\n${tagLines.join(",\n")}\n  ]\n}\n`;
}

function neuronTagOf(tag: Tag): NeuronTag {
  return {
    name: tag.name,
    address: printAddress(tag.address),
    attribute: tag.access.reduce((bits, access) => bits | accessBits[access], 0),
    type: codeOfType.get(tag.type) ?? 0,
    precision: tag.precision,
    // Neuron's 0 means no factor; 1 would turn whole numbers into doubles.
    decimal: tag.scale === 1 ? 0 : tag.scale,
    bias: tag.bias,
    description: tag.description,
    unit: tag.unit,
  };
}
