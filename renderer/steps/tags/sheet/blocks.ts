import { runThrough } from "#domain/sliced.ts";
import { readDelimitedText } from "#domain/tables/delimitedText.ts";
import type { CellBox } from "./cellRange.ts";

/** Cells as a spreadsheet takes them from the clipboard: tabs between cells, a line a row. */
export function printBlock(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}

function quoted(text: string): string {
  return /[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The cells of a copied block; a quoted cell may hold tabs and lines. */
export function parseBlock(text: string): readonly (readonly string[])[] {
  return text === "" ? [] : runThrough(readDelimitedText(text, "\t")).rows;
}

/**
 * Where the cells of a pasted block go: from the top left of the box; a single cell or row fills the whole box.
 *
 * @returns texts by row and column of the sheet
 */
export function placed(
  block: readonly (readonly string[])[],
  box: CellBox,
): readonly { readonly row: number; readonly column: number; readonly text: string }[] {
  const height = Math.max(block.length, block.length === 1 ? box.bottom - box.top + 1 : 0);
  const isOne = block.length === 1 && block[0]?.length === 1;
  const width = isOne ? box.right - box.left + 1 : 0;
  return Array.from({ length: height }, (_, down) => block[down % block.length] ?? []).flatMap(
    (cells, down) =>
      Array.from({ length: Math.max(cells.length, width) }, (_, across) => ({
        row: box.top + down,
        column: box.left + across,
        text: cells[across % cells.length] ?? "",
      })),
  );
}
