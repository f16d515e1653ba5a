import type { Problem } from "../problem.ts";
import { readCellNumber } from "../tag/cellNumber.ts";
import { type Column, columnNames } from "../tag/columns.ts";
import { guarded, plain } from "../tag/formulaGuard.ts";
import { lettersOf } from "../tag/orderWord.ts";
import { printPlace } from "../tag/printAddress.ts";
import type { Tag, TagType } from "../tag/tag.ts";
import { wordsOfType } from "../tag/width.ts";
import type { RawRow } from "./collectTags.ts";
import { isBlank } from "./header.ts";
import type { Cells, Tagged } from "./printTable.ts";

/** KEPServerEX' tag file: its columns, in its order. */
const header = [
  ...["Tag Name", "Address", "Data Type", "Respect Data Type", "Client Access", "Scan Rate", "Scaling"],
  ...["Raw Low", "Raw High", "Scaled Low", "Scaled High", "Scaled Data Type", "Clamp Low", "Clamp High"],
  ...["Eng Units", "Description", "Negate Value"],
] as const;

export const kepwareColumns: readonly Column[] = [
  ...(["name", "address", "type", "access", "scale", "bias", "unit", "description", "interval"] as const),
];

/** Where its header stands; -1 when the rows are not such a file. */
export function kepwareHeaderAt(rows: readonly (readonly string[])[]): number {
  return rows.slice(0, 20).findIndex((cells) => {
    const names = new Set(cells.map((cell) => cell.trim().toLowerCase()));
    return (
      names.has("tag name") &&
      names.has("address") &&
      (names.has("client access") || names.has("respect data type"))
    );
  });
}

/**
 * The rows of such a file. A name `a.b.c` is tag c of group a.b; a linear scaling becomes scale and bias. Device
 * settings (unit, word order) are not in it.
 */
export function kepwareRows(rows: readonly (readonly string[])[], headerAt: number): readonly RawRow[] {
  const names = (rows[headerAt] ?? []).map((cell) => cell.trim().toLowerCase());
  const placeOf = new Map(names.map((name, at) => [name, at]));
  return rows.slice(headerAt + 1).flatMap((cells, index): readonly RawRow[] => {
    const of = (name: (typeof header)[number]) => plain(cells[placeOf.get(name.toLowerCase()) ?? -1] ?? "");
    const isComment = /^[;#]/.test(cells[0] ?? "") && of("Address") === "";
    if (isBlank(cells) || isComment) return [];
    const path = of("Tag Name");
    const dot = path.lastIndexOf(".");
    const scaling = readScaling(of);
    const values: Partial<Record<Column, string>> = {
      group: dot > 0 ? path.slice(0, dot) : "",
      name: path.slice(dot + 1),
      address: of("Address"),
      type: of("Data Type"),
      access: of("Client Access"),
      interval: of("Scan Rate"),
      scale: scaling.scale,
      bias: scaling.bias,
      unit: of("Eng Units"),
      description: of("Description"),
    };
    const problems = scaling.problem ? [scaling.problem] : [];
    return [{ row: headerAt + index + 2, cell: (column) => values[column] ?? "", problems }];
  });
}

function readScaling(of: (name: (typeof header)[number]) => string): {
  readonly scale: string;
  readonly bias: string;
  readonly problem?: Problem;
} {
  const kind = of("Scaling");
  const part = (text: string): Problem => ({
    code: "tag.partUnfit",
    name: of("Tag Name"),
    part: "scaling",
    text,
    at: { column: columnNames.scale[0] },
  });
  const negated = /^(1|true|yes)$/i.test(of("Negate Value"));
  if (kind === "" || /^none$/i.test(kind))
    return { scale: "", bias: "", ...(negated && { problem: part("Negate Value") }) };
  if (!/^linear$/i.test(kind)) return { scale: "", bias: "", problem: part(kind) };
  const number = (name: (typeof header)[number]) => readCellNumber(of(name), false);
  const [rawLow, rawHigh, low, high] = [
    number("Raw Low"),
    number("Raw High"),
    number("Scaled Low"),
    number("Scaled High"),
  ];
  const clamps = [of("Clamp Low"), of("Clamp High")].some((text) => /^(1|true|yes)$/i.test(text));
  if (clamps || negated) return { scale: "", bias: "", problem: part(negated ? "Negate Value" : "Clamp") };
  const slope = (high - low) / (rawHigh - rawLow);
  // (10 − 0) / (4000 − 0) is 0.0025; what division adds behind the fifteenth digit is not meant.
  const scale = rawLow === 0 && rawHigh === 1 ? slope : Number(slope.toPrecision(15));
  if (!Number.isFinite(scale)) return { scale: "", bias: "", problem: part("Linear") };
  const bias = Number((low - rawLow * scale).toPrecision(15));
  return { scale: String(scale), bias: String(rawLow === 0 ? low : bias) };
}

const typeNames: Readonly<Partial<Record<TagType, string>>> = {
  int16: "Short",
  uint16: "Word",
  int32: "Long",
  uint32: "DWord",
  int64: "LLong",
  uint64: "QWord",
  float: "Float",
  double: "Double",
  bit: "Boolean",
  string: "String",
};

/** What such a file cannot say of a tag; "all" when it cannot hold the tag at all. */
export function kepwareLoses(tag: Tag, isOneUnit: boolean): readonly string[] | "all" {
  if (typeNames[tag.type] === undefined || !/^[^."]+$/.test(tag.name) || !/^[^"]+$/.test(tag.group))
    return "all";
  if (!Number.isFinite(tag.bias + tag.scale)) return "all";
  const letters = lettersOf(tag.address, tag.type);
  const lost: string[] = [];
  if (!isOneUnit) lost.push("unitNumber");
  if (letters === undefined || letters !== usualOrder(tag)) lost.push("order");
  if (tag.access.includes("subscribe") || !tag.access.includes("read")) lost.push("access");
  if (tag.bias !== 0 && tag.bias + tag.scale - tag.bias !== tag.scale) lost.push("scale");
  if (tag.precision !== 0) lost.push("precision");
  return lost;
}

/** Kepware's Modbus devices have the low word first unless their settings say otherwise; texts begin with the high byte. */
function usualOrder({ type }: Tag): "ABCD" | "CDAB" {
  const isNumber = type !== "string" && type !== "bytes" && type !== "bit";
  return isNumber && wordsOfType[type] > 1 ? "CDAB" : "ABCD";
}

export function kepwareCells({ tags, groups }: Tagged): Cells {
  const intervals = new Map(groups.map((group) => [`${group.line}/${group.name}`, group.intervalMs]));
  const rows = tags.map((tag) => {
    const isScaled = tag.scale !== 1 || tag.bias !== 0;
    const place = printPlace(tag.address, "six", 1) ?? "";
    const length =
      tag.address.length === undefined ? "" : `.${tag.address.length}${tag.address.stringOrder ?? "H"}`;
    return [
      guarded(tag.group === "default" ? tag.name : `${tag.group}.${tag.name}`),
      `${place}${length}`,
      typeNames[tag.type] ?? "",
      1,
      tag.access.includes("write") ? "R/W" : "RO",
      intervals.get(`${tag.line}/${tag.group}`) ?? 1000,
      ...(isScaled
        ? ["Linear", 0, 1, tag.bias, tag.bias + tag.scale, "Double", 0, 0]
        : ["", "", "", "", "", "", "", ""]),
      guarded(tag.unit),
      guarded(tag.description),
      isScaled ? 0 : "",
    ];
  });
  return [[...header], ...rows];
}
