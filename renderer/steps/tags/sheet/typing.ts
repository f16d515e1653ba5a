import type { TypingEnd } from "./CellEditor.tsx";
import type { boxOf, Cell } from "./cellRange.ts";
import { cellText } from "./cellText.ts";
import type { SheetGridProps } from "./SheetGrid.tsx";

type Typed = Pick<SheetGridProps, "sheet" | "rows" | "columns">;

/**
 * Opens a cell for typing.
 *
 * @param text what the cell begins with; undefined: what stands in it
 */
export function startTyping(
  { sheet, rows, columns }: Typed,
  { row, column }: Cell,
  text: string | undefined,
): void {
  const [view, at] = [rows[row], columns[column]];
  if (!view || !at?.field) return;
  const wrong = sheet.wrong.get(`${view.key}\n${at.field}`);
  sheet.type({
    key: view.key,
    column: at.key,
    text: text ?? wrong?.text ?? cellText(view.tag, at.field),
  });
}

/** Takes what was typed, unless it was cancelled, and moves on. */
export function endTyping(
  { sheet, rows, columns }: Typed,
  selection: ReturnType<typeof boxOf>,
  how: TypingEnd,
): void {
  const { typing, range } = sheet;
  if (!typing) return;
  sheet.type(undefined);
  const field = columns.find((column) => column.key === typing.column)?.field;
  if (how === "cancel" || !field) return;
  const keys =
    how === "all" ? rows.slice(selection.top, selection.bottom + 1).map((row) => row.key) : [typing.key];
  void sheet.change(keys.map((key) => ({ key, field, text: typing.text })));
  const step = steps[how];
  if (!step) return;
  const focus = {
    row: Math.min(rows.length - 1, Math.max(0, range.focus.row + step.row)),
    column: Math.min(columns.length - 1, Math.max(0, range.focus.column + step.column)),
  };
  sheet.select({ anchor: focus, focus });
}

const steps: { readonly [H in TypingEnd]?: Cell } = {
  down: { row: 1, column: 0 },
  up: { row: -1, column: 0 },
  right: { row: 0, column: 1 },
  left: { row: 0, column: -1 },
};
