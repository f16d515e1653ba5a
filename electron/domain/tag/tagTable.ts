import Papa from "papaparse";
import type { Problem } from "../problem.ts";
import type { Group, Line } from "../site/site.ts";
import { type Column, columnNames, findColumns } from "./columns.ts";
import { guarded } from "./formulaGuard.ts";
import { printAddress } from "./printAddress.ts";
import { readTableText } from "./tableText.ts";
import { type Tag, tagKey } from "./tag.ts";
import { readTagRow } from "./tagRow.ts";

/** What a table would bring: its good rows, a problem for each bad cell, and what it changes. */
export interface TagTable {
  readonly rows: number;
  readonly tags: readonly Tag[];
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
  readonly changes: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly same: readonly string[];
  };
}

export interface TableContext {
  readonly lines: readonly Pick<Line, "id" | "name">[];
  /** line of rows that name none */
  readonly defaultLine: string;
  readonly existing: readonly Tag[];
}

const needed: readonly Column[] = ["name", "address", "type"];

/**
 * Reads a tag table from CSV text (comma, semicolon or tab; decimal comma where the delimiter is another).
 * The header is the first row that is not blank. Never throws; rows are counted as a spreadsheet counts them, from 1.
 */
export function readTagTable(text: string, context: TableContext): TagTable {
  const { rows: all, delimiter, problems: quotes } = readTableText(text);
  const headerAt = all.findIndex((cells) => !isBlank(cells));
  const body = all.slice(headerAt + 1);
  const places = findColumns(all[headerAt] ?? []);
  const missing = needed.filter((column) => !places.has(column));
  if (body.every(isBlank)) return emptyTable({ code: "table.empty" });
  if (missing.length > 0) {
    const columns = missing.join(", ");
    return emptyTable({ code: "table.columnMissing", columns, at: { row: headerAt + 1 } });
  }
  const { defaultLine } = context;
  const rowContext = { lines: linesByWord(context.lines), defaultLine, decimalComma: delimiter !== "," };

  const tags = new Map<string, Tag>();
  const groups = new Map<string, Group>();
  const problems: Problem[] = [...quotes];
  let rows = 0;
  for (const [index, cells] of body.entries()) {
    if (isBlank(cells)) continue;
    rows += 1;
    const row = headerAt + index + 2;
    const cell = (column: Column) => cells[places.get(column) ?? -1] ?? "";
    const read = readTagRow(cell, rowContext);
    for (const problem of read.problems) problems.push({ ...problem, at: { ...problem.at, row } });
    const { tag } = read;
    if (!tag) continue;
    const key = tagKey(tag);
    if (tags.has(key)) {
      problems.push({ code: "tag.duplicate", name: tag.name, group: tag.group, at: { row, column: "name" } });
      continue;
    }
    tags.set(key, tag);
    const { intervalMs } = read;
    if (intervalMs) groups.set(`${tag.line}/${tag.group}`, { line: tag.line, name: tag.group, intervalMs });
  }
  return {
    rows,
    tags: [...tags.values()],
    groups: [...groups.values()],
    problems,
    changes: compare(tags, context.existing),
  };
}

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

/** The same table as CSV: what was read is printed so that reading it again gives the same tags. */
export function printTagTable(
  tags: readonly Tag[],
  groups: readonly Group[],
  lines: readonly Pick<Line, "id" | "name">[],
): string {
  const nameOfLine = new Map(lines.map((line) => [line.id, line.name]));
  const intervals = new Map(groups.map((group) => [`${group.line}/${group.name}`, group.intervalMs]));
  const rows = tags.map((tag) => [
    guarded(nameOfLine.get(tag.line) ?? tag.line),
    guarded(tag.group),
    intervals.get(`${tag.line}/${tag.group}`) ?? "",
    guarded(tag.name),
    printAddress(tag.address),
    tag.type.toUpperCase(),
    tag.access.map((access) => access.charAt(0).toUpperCase() + access.slice(1)).join(" "),
    tag.scale,
    tag.bias,
    tag.precision,
    guarded(tag.unit),
    guarded(tag.description),
  ]);
  return `${Papa.unparse([shownColumns.map((column) => columnNames[column][0]), ...rows])}\r\n`;
}

/** Names win over ids: printed tables hold names. */
function linesByWord(lines: TableContext["lines"]): ReadonlyMap<string, string> {
  return new Map([
    ...lines.map((line) => [line.id, line.id] as const),
    ...lines.map((line) => [line.name.trim(), line.id] as const),
  ]);
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

function emptyTable(problem: Problem): TagTable {
  return {
    rows: 0,
    tags: [],
    groups: [],
    problems: [problem],
    changes: { added: [], changed: [], same: [] },
  };
}

function compare(incoming: ReadonlyMap<string, Tag>, existing: readonly Tag[]): TagTable["changes"] {
  const known = new Map(existing.map((tag) => [tagKey(tag), JSON.stringify(sorted(tag))]));
  const changes = { added: [] as string[], changed: [] as string[], same: [] as string[] };
  for (const [key, tag] of incoming) {
    const before = known.get(key);
    const kind = before === undefined ? "added" : before === JSON.stringify(sorted(tag)) ? "same" : "changed";
    changes[kind].push(key);
  }
  return changes;
}

/** Fields and accesses in one order, so that equal tags print equal. */
function sorted(tag: Tag): unknown {
  const { address, access, ...rest } = tag;
  return [
    printAddress(address),
    [...access].sort(),
    Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
}
