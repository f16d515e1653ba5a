import { type ReadKind, readCodes } from "#domain/quality/certificate.ts";
import type { ReadCell } from "#domain/quality/readStrip.ts";

/** How a strip of reads is laid out, in pixels. */
export interface StripPlan {
  readonly cell: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** Few reads are drawn wide, many narrow, so that all of them have room in some rows. */
export function planStrip(reads: number, width: number): StripPlan {
  const cell = [6, 4, 3].find((wide) => reads <= 4 * Math.floor(width / wide)) ?? 2;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.max(1, Math.ceil(reads / columns));
  return { cell, columns, rows, row: rows <= 4 ? 13 : 8 };
}

/** What is not good stands taller, so that colour is not all that tells. */
const heights: Readonly<Record<ReadKind, number>> = {
  good: 0.6,
  late: 0.8,
  exception: 0.6,
  badCrc: 1,
  short: 1,
  long: 1,
  silent: 1,
  neverSilent: 1,
};

/** All cells of one kind as one path, for kinds that occur. */
export function stripPaths(
  cells: readonly ReadCell[],
  plan: StripPlan,
): readonly { readonly kind: ReadKind; readonly path: string }[] {
  const paths = new Map<ReadKind, string[]>();
  for (const [index, { kind }] of cells.entries()) {
    const { x, y } = cornerOf(index, plan);
    const most = plan.row - 2;
    const tall = Math.round(most * heights[kind]);
    const wide = plan.cell - 1;
    const part = `M${x} ${y + most - tall}h${wide}v${tall}h-${wide}z`;
    const parts = paths.get(kind);
    if (parts) parts.push(part);
    else paths.set(kind, [part]);
  }
  return kindsIn(cells).map((kind) => ({ kind, path: (paths.get(kind) ?? []).join("") }));
}

export function cornerOf(
  index: number,
  { cell, row, columns }: StripPlan,
): { readonly x: number; readonly y: number } {
  return { x: (index % columns) * cell, y: Math.floor(index / columns) * row };
}

/** The read at a point; undefined beside the last. */
export function readAt(x: number, y: number, count: number, plan: StripPlan): number | undefined {
  const column = Math.floor(x / plan.cell);
  if (column < 0 || column >= plan.columns || y < 0) return undefined;
  const index = Math.floor(y / plan.row) * plan.columns + column;
  return index < count ? index : undefined;
}

/** Where a key leads; undefined for keys that mean nothing here. */
export function readByKey(
  key: string,
  from: number,
  cells: readonly ReadCell[],
  { columns }: StripPlan,
): number | undefined {
  const last = cells.length - 1;
  const isWrong = ({ kind }: ReadCell) => kind !== "good";
  const to: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => from - 1,
    ArrowRight: () => from + 1,
    ArrowUp: () => from - columns,
    ArrowDown: () => from + columns,
    Home: () => 0,
    End: () => last,
    PageDown: () => orStay(cells.findIndex((cell, index) => index > from && isWrong(cell))),
    PageUp: () => orStay(cells.findLastIndex((cell, index) => index < from && isWrong(cell))),
  };
  const orStay = (index: number) => (index < 0 ? from : index);
  const next = to[key]?.();
  return next === undefined ? undefined : Math.min(last, Math.max(0, next));
}

/** Kinds that occur, in the order of the legend. */
export function kindsIn(cells: readonly ReadCell[]): readonly ReadKind[] {
  const seen = new Set(cells.map(({ kind }) => kind));
  return (Object.keys(readCodes) as ReadKind[]).filter((kind) => seen.has(kind));
}
