import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Sliced } from "../sliced.ts";
import { type Delimiter, delimiters, readDelimitedText } from "../tables/delimitedText.ts";

/** One site of a table: its cells by the column's name; empty cells are left out. */
export interface CloneRow {
  /** as a spreadsheet counts, the header being row 1 */
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface CloneTable {
  readonly columns: readonly string[];
  readonly rows: readonly CloneRow[];
}

/** More sites than any operator has; a larger table is a mistake. */
const mostSites = 20_000;

/**
 * Reads a table of sites: names of columns in the first line, a site a line, blank lines ignored.
 *
 * Problems: `table.empty`, `table.damaged`, `clone.columnTwice`, and `name` missing as `table.columnMissing`.
 */
export function* readCloneTable(text: string): Sliced<Result<CloneTable, readonly Problem[]>> {
  const { rows, problems } = yield* readDelimitedText(text, delimiterOf(text));
  if (problems.length > 0) return refused(problems);
  const columns = (rows[0] ?? []).map((cell) => cell.trim());
  const lines = rows
    .map((cells, index) => ({ row: index + 1, cells }))
    .filter(({ row, cells }) => row > 1 && cells.some((cell) => cell.trim() !== ""));
  if (lines.length === 0) return refused([{ code: "table.empty" }]);
  if (lines.length > mostSites)
    return refused([{ code: "table.damaged", reason: `${lines.length} sites, ${mostSites} at most` }]);
  const twice = columns.find((column, index) => column !== "" && columns.indexOf(column) !== index);
  if (twice !== undefined)
    return refused([{ code: "clone.columnTwice", column: twice, at: { row: 1, column: twice } }]);
  if (!columns.includes("name"))
    return refused([{ code: "table.columnMissing", columns: "name", at: { row: 1 } }]);
  return ok({ columns: columns.filter(Boolean), rows: lines.map((line) => rowOf(line, columns)) });
}

function rowOf(
  { row, cells }: { readonly row: number; readonly cells: readonly string[] },
  columns: readonly string[],
): CloneRow {
  const filled = columns
    .map((column, index) => [column, (cells[index] ?? "").trim()] as const)
    .filter(([column, cell]) => column !== "" && cell !== "");
  return { row, cells: new Map(filled) };
}

/** The delimiter that the first line has most of. */
function delimiterOf(text: string): Delimiter {
  const first = text.slice(0, /\r|\n|$/.exec(text)?.index);
  const count = (delimiter: Delimiter) => first.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}
