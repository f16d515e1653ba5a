import { useMemo } from "react";
import { columnsThatFit } from "../../../parts/columnsThatFit.ts";
import type { SheetColumn } from "./SheetColumn.ts";

/** The column of ticks before the others. */
export const tickPx = 38;

/** The columns that stand side by side in `widthPx`; all of them before the width is known. */
export function useFitting(columns: readonly SheetColumn[], widthPx: number): readonly SheetColumn[] {
  return useMemo(() => columnsThatFit(columns, widthPx, tickPx), [columns, widthPx]);
}
