/** A cell by its place: row and column count from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Cells between two corners; `focus` is where the cursor stands. */
export interface CellRange {
  readonly anchor: Cell;
  readonly focus: Cell;
}

/** A range by its edges, both ends inside. */
export interface CellBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function boxOf({ anchor, focus }: CellRange): CellBox {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  };
}

export function isOneCell({ anchor, focus }: CellRange): boolean {
  return anchor.row === focus.row && anchor.column === focus.column;
}

/** What moves a cursor, as a keyboard event carries it. */
export interface MoveKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** How large the sheet is, and how many rows Page Up and Page Down go. */
export interface SheetSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/**
 * Where a key takes the cursor, as in a spreadsheet: with Shift the range grows, with Ctrl to the edge.
 *
 * @returns undefined when the key does not move, or there is nowhere to go
 */
export function moved(range: CellRange, pressed: MoveKey, size: SheetSize): CellRange | undefined {
  if (size.rows === 0 || size.columns === 0) return undefined;
  const far = pressed.ctrlKey || pressed.metaKey;
  const tab = pressed.key === "Tab";
  const step = stepOf(pressed.key, far, pressed.shiftKey, size.page);
  if (step === undefined) return undefined;
  const focus = {
    row: within(range.focus.row + step.rows, size.rows),
    column: within(range.focus.column + step.columns, size.columns),
  };
  return { anchor: pressed.shiftKey && !tab ? range.anchor : focus, focus };
}

function stepOf(
  key: string,
  far: boolean,
  back: boolean,
  page: number,
): { readonly rows: number; readonly columns: number } | undefined {
  const reach = far ? Number.POSITIVE_INFINITY : 1;
  switch (key) {
    case "ArrowDown":
      return { rows: reach, columns: 0 };
    case "ArrowUp":
      return { rows: -reach, columns: 0 };
    case "ArrowRight":
      return { rows: 0, columns: reach };
    case "ArrowLeft":
      return { rows: 0, columns: -reach };
    case "PageDown":
      return { rows: page, columns: 0 };
    case "PageUp":
      return { rows: -page, columns: 0 };
    case "Home":
      return { rows: far ? Number.NEGATIVE_INFINITY : 0, columns: Number.NEGATIVE_INFINITY };
    case "End":
      return { rows: far ? Number.POSITIVE_INFINITY : 0, columns: Number.POSITIVE_INFINITY };
    case "Tab":
      return { rows: 0, columns: back ? -1 : 1 };
    default:
      return undefined;
  }
}

function within(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
