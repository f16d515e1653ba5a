import type { Group, Line } from "../site/site.ts";
import { type Column, columnNames } from "../tag/columns.ts";
import { guarded } from "../tag/formulaGuard.ts";
import { printAddress } from "../tag/printAddress.ts";
import type { Tag } from "../tag/tag.ts";

/** What a site's tags are exported from. */
export interface Tagged {
  readonly tags: readonly Tag[];
  readonly groups: readonly Group[];
  readonly lines: readonly (Pick<Line, "id" | "name"> | Line)[];
}

export type Cells = readonly (readonly (string | number)[])[];

const shownColumns: readonly Column[] = [
  "line",
  "group",
  "interval",
  "name",
  "address",
  "type",
  "access",
  "scale",
  "bias",
  "precision",
  "unit",
  "description",
];

/** Tags as rows under a header; reading them again gives the same tags. The manual's addresses only where there are any. */
export function tagCells({ tags, groups, lines }: Tagged): Cells {
  const nameOfLine = new Map(lines.map((line) => [line.id, line.name]));
  const intervals = new Map(groups.map((group) => [`${group.line}/${group.name}`, group.intervalMs]));
  const hasManual = tags.some((tag) => tag.manual !== undefined);
  const header = [...shownColumns, ...(hasManual ? (["manual"] as const) : [])];
  const rows = tags.map((tag) => [
    guarded(nameOfLine.get(tag.line) ?? tag.line),
    guarded(tag.group),
    intervals.get(`${tag.line}/${tag.group}`) ?? "",
    guarded(tag.name),
    printAddress(tag.address),
    tag.type.toUpperCase(),
    accessWords(tag),
    tag.scale,
    tag.bias,
    tag.precision,
    guarded(tag.unit),
    guarded(tag.description),
    ...(hasManual ? [guarded(tag.manual ?? "")] : []),
  ]);
  return [header.map((column) => columnNames[column][0]), ...rows];
}

/** `Read Write`, as Neuron's dashboard has it. */
export function accessWords({ access }: Pick<Tag, "access">): string {
  return access.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join(" ");
}

/** The sheet of Neuron's dashboard: one node's tags, without bias, engineering unit and interval. */
export function neuronCells({ tags }: Tagged): Cells {
  const header = ["group", "name", "address", "attribute", "type", "description", "decimal", "precision"];
  const rows = tags.map((tag) => [
    guarded(tag.group),
    guarded(tag.name),
    printAddress(tag.address),
    accessWords(tag),
    tag.type === "bytes" ? "BYTES" : tag.type.toUpperCase(),
    guarded(tag.description),
    tag.scale === 1 ? "" : tag.scale,
    tag.precision === 0 ? "" : tag.precision,
  ]);
  return [header, ...rows];
}
