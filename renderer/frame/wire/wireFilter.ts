import type { WireView } from "#contract/views.ts";

export interface WireFilter {
  readonly medium: "all" | WireView["medium"];
  /** null: every unit */
  readonly unit: number | null;
  readonly errorsOnly: boolean;
  /** rows up to this one were cleared away */
  readonly after: number;
}

export const everything: WireFilter = { medium: "all", unit: null, errorsOnly: false, after: 0 };

export function fits(filter: WireFilter, row: WireView): boolean {
  if (row.seq <= filter.after) return false;
  if (filter.medium !== "all" && row.medium !== filter.medium) return false;
  if (filter.unit !== null && row.unit !== filter.unit) return false;
  return !filter.errorsOnly || isError(row);
}

/** Frames that a person should look at: damaged ones, and replies that refuse. */
export function isError(row: WireView): boolean {
  return row.verdict !== "good" || row.says.code === "wire.exception";
}

/** Units that were heard, in order, for the filter's list. */
export function unitsOf(rows: readonly WireView[]): readonly number[] {
  const units = new Set<number>();
  for (const row of rows) if (row.unit !== null) units.add(row.unit);
  return [...units].sort((a, b) => a - b);
}

/** The rate is told over this long, so that a poll every few seconds does not make it jump. */
const rateMs = 5000;

/**
 * How many pass in a second, over the last five, and how many of those were bad.
 *
 * @returns `perSecond` 0 when nothing passed; `bad` counts the whole time looked at
 */
export function rateOf(
  rows: readonly WireView[],
  now: number,
): { readonly perSecond: number; readonly bad: number } {
  let count = 0;
  let bad = 0;
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at];
    if (!row || row.at < now - rateMs) break;
    count += 1;
    if (isError(row)) bad += 1;
  }
  // Only the newest rows are kept: where they do not reach back so far, their own time counts.
  const reach = Math.min(rateMs, Math.max(1000, now - (rows[0]?.at ?? now)));
  return { perSecond: (count * 1000) / reach, bad };
}

/** What goes to the clipboard: one line a frame, time, way, bytes. */
export function asText(rows: readonly WireView[], time: (at: number) => string): string {
  const ways = { sent: ">", received: "<", heard: "?" };
  return rows.map((row) => `${time(row.at)} ${ways[row.direction]} ${row.bytes}`).join("\n");
}
