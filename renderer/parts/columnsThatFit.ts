interface Sized {
  readonly width: string;
  readonly yields?: number;
}

/**
 * The columns that stand side by side in `widthPx`, in their order: those that yield go, the highest first.
 *
 * @param widthPx 0: not measured yet, all stay
 * @param besidePx taken by what is not a column
 */
export function columnsThatFit<C extends Sized>(
  columns: readonly C[],
  widthPx: number,
  besidePx = 0,
): readonly C[] {
  let left = columns;
  while (widthPx > 0 && left.reduce((sum, column) => sum + leastPx(column.width), besidePx) > widthPx) {
    const most = Math.max(...left.map((column) => column.yields ?? 0));
    if (most <= 0) break;
    left = left.filter((column) => (column.yields ?? 0) < most);
  }
  return left;
}

/** The least room of a track: `52px`, or the first figure of `minmax(120px, 1fr)`; a share alone needs none. */
export function leastPx(width: string): number {
  return Number(/(\d+(?:\.\d+)?)px/.exec(width)?.[1] ?? 0);
}
