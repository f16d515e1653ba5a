import type { Problem } from "../problem.ts";
import type { Sliced } from "../sliced.ts";
import { type Column, columnNames } from "../tag/columns.ts";
import { plain } from "../tag/formulaGuard.ts";
import type { AddressColumns } from "../tag/rowAddress.ts";
import { collectTags, type RawRow, type TableContext, type TagTable } from "./collectTags.ts";
import { type AddressChoice, addressEvidence } from "./columnEvidence.ts";
import { type ColumnChoice, findHeader, type Header, isBlank } from "./header.ts";
import type { Sheet } from "./sheet.ts";

export interface TableReading {
  readonly header: Header;
  readonly addresses: AddressColumns;
  /** rows that are section titles, repeated headers or notes under the table */
  readonly notes: number;
  readonly table: TagTable;
}

const needed: readonly Column[] = ["name", "address", "type"];

/** Reads a sheet of tags whatever its columns are called. Rows are counted as a spreadsheet counts them, from 1. */
export function* readTable(
  sheet: Sheet,
  settings: {
    readonly decimalComma: boolean;
    readonly columns: ColumnChoice;
    readonly addresses: AddressChoice;
  },
  context: TableContext,
): Sliced<TableReading> {
  const { rows } = sheet;
  const header = findHeader(rows, settings.columns);
  const addresses = yield* addressEvidence(header, rows, settings.addresses);
  yield;
  const body = rows.slice(header.at + 1);
  const refuse = (problem: Problem): TableReading => ({
    header,
    addresses,
    notes: 0,
    table: emptyTable(problem),
  });
  if (body.every(isBlank)) return refuse({ code: "table.empty" });
  const at = { row: header.at + 1 };
  const missing = [...needed.filter((column) => !header.places.has(column)), ...header.missing];
  if (missing.length > 0) return refuse({ code: "table.columnMissing", columns: missing.join(", "), at });
  if (header.unclear.length > 0)
    return refuse({ code: "table.columnUnclear", columns: header.unclear.join(", "), at });

  let notes = 0;
  function* rawRows(): Generator<RawRow, void, void> {
    for (const [index, cells] of body.entries()) {
      if (isBlank(cells)) continue;
      if (isNote(cells, header)) {
        notes += 1;
        continue;
      }
      const row = header.at + index + 2;
      const cell = (column: Column) => plain(cells[header.places.get(column) ?? -1] ?? "");
      const problems = brokenCells(cells, header);
      yield problems.length > 0 ? { row, cell, problems } : { row, cell };
    }
  }
  const rowContext = {
    ...addresses,
    lines: linesByWord(context.lines),
    defaultLine: context.defaultLine,
    decimalComma: settings.decimalComma || hasDecimalComma(body, header),
    intervalUnitMs: intervalUnit(header.hints.get("interval") ?? ""),
  };
  const table = yield* collectTags(rawRows(), rowContext, new Set(header.places.keys()), context.existing);
  return { header, addresses, notes, table: table.rows === 0 ? emptyTable({ code: "table.empty" }) : table };
}

/** A lone text without an address, or the header once more on the next page of a manual. */
function isNote(cells: readonly string[], { places, titles }: Header): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "").length;
  const address = (cells[places.get("address") ?? -1] ?? "").trim();
  const type = (cells[places.get("type") ?? -1] ?? "").trim();
  if (places.size >= 3 && filled === 1) return !/^[$%&(]?[0-9]/.test(address);
  if (address === "" && type === "") return filled <= 2 && titles.length > 3;
  return cells.every((cell, at) => cell.trim() === (titles[at] ?? "").trim());
}

/** What a sheet shows where a formula failed, and what a wrong encoding leaves. */
function brokenCells(cells: readonly string[], { places }: Header): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [column, place] of places) {
    const text = cells[place] ?? "";
    const isBroken =
      text.includes("\ufffd") ||
      (text.startsWith("#") && /^#(?:REF!|DIV\/0!|VALUE!|NAME\?|N\/A|NULL!|NUM!)$/.test(text.trim()));
    if (isBroken) problems.push({ code: "table.cellBroken", text, at: { column: columnNames[column][0] } });
  }
  return problems;
}

/** One number that can only have a decimal comma (`0,1`) tells how the others are meant. */
function hasDecimalComma(body: readonly (readonly string[])[], { places }: Header): boolean {
  const columns = (["scale", "bias", "divisor"] as const).flatMap((column) => places.get(column) ?? []);
  const isSure = (cell: string) =>
    cell.includes(",") && /^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/.test(cell.trim());
  return columns.some((place) => body.some((cells) => isSure(cells[place] ?? "")));
}

function intervalUnit(hint: string): number {
  if (/^(s|sec|seconds?|秒|sekunden?)$/.test(hint)) return 1000;
  return /^(min|minutes?|分钟|分|minuten?)$/.test(hint) ? 60_000 : 1;
}

/** Names win over ids: printed tables hold names. */
export function linesByWord(lines: TableContext["lines"]): ReadonlyMap<string, string> {
  return new Map([
    ...lines.map((line) => [line.id, line.id] as const),
    ...lines.map((line) => [line.name.trim(), line.id] as const),
  ]);
}

export function emptyTable(...problems: readonly Problem[]): TagTable {
  const changes = { added: [], changed: [], same: [], missing: [], fields: new Map() };
  return { rows: 0, tags: [], groups: [], problems, changes };
}
