import type { Column } from "../../parts/DataTable.tsx";

/** A column with the room it needs, and how soon it gives way: the highest goes first, 0 never. */
export interface FittingColumn<Row> extends Column<Row> {
  readonly needsPx: number;
  readonly yields: number;
}

/** The columns that fit side by side in `widthPx`, in their order. Before the width is known, all of them. */
export function fittingColumns<Row>(
  columns: readonly FittingColumn<Row>[],
  widthPx: number,
): readonly FittingColumn<Row>[] {
  let left = [...columns];
  if (widthPx === 0) return left;
  for (;;) {
    const needed = left.reduce((sum, column) => sum + column.needsPx, 0);
    const next = left.reduce((a, b) => (b.yields > a.yields ? b : a));
    if (needed <= widthPx || next.yields === 0) return left;
    left = left.filter((column) => column !== next);
  }
}
