import type { WireView } from "#contract/views.ts";

/** What came of a frame, as a person asks for it. */
export const wireVerdicts = ["all", "errors", "badCrc", "short", "unexpected", "refused", "foreign"] as const;
export type WireVerdict = (typeof wireVerdicts)[number];

export interface WireFilter {
  readonly medium: "all" | WireView["medium"];
  /** null: every unit */
  readonly unit: number | null;
  /** a function code; null: every one. A refusal counts for the function that was refused */
  readonly called: number | null;
  readonly verdict: WireVerdict;
  /** part of what a row says, of its line or topic, or of its bytes, with or without spaces */
  readonly text: string;
  /** rows up to this one were cleared away */
  readonly after: number;
}

export const everything: WireFilter = {
  medium: "all",
  unit: null,
  called: null,
  verdict: "all",
  text: "",
  after: 0,
};

/** @param say the row's sentence in the reader's language */
export function fits(filter: WireFilter, row: WireView, say: (row: WireView) => string): boolean {
  if (row.seq <= filter.after) return false;
  if (filter.medium !== "all" && row.medium !== filter.medium) return false;
  if (filter.unit !== null && row.unit !== filter.unit) return false;
  if (filter.called !== null && calledBy(row) !== filter.called) return false;
  return hasVerdict(row, filter.verdict) && hasText(row, filter.text.trim().toLowerCase(), say);
}

function hasVerdict(row: WireView, verdict: WireVerdict): boolean {
  switch (verdict) {
    case "all":
      return true;
    case "errors":
      return isError(row);
    case "refused":
      return row.says.code === "wire.exception";
    case "foreign":
      return row.direction === "heard";
    default:
      return row.verdict === verdict;
  }
}

function hasText(row: WireView, text: string, say: (row: WireView) => string): boolean {
  if (text === "") return true;
  const bytes = row.bytes.toLowerCase();
  const packed = text.replaceAll(" ", "");
  // Hex typed without spaces begins at a byte, not in the middle of one.
  const asBytes = /^[0-9a-f]{2,}$/.test(packed) ? packed.replace(/..(?=.)/g, "$& ") : text;
  return (
    bytes.includes(text) ||
    bytes.includes(asBytes) ||
    row.line.toLowerCase().includes(text) ||
    say(row).toLowerCase().includes(text)
  );
}

/** The function code of a whole Modbus frame, of a refusal the refused one; null where there is none to be sure of. */
export function calledBy(row: WireView): number | null {
  if (row.medium !== "modbus" || row.verdict === "badCrc" || row.verdict === "short") return null;
  const bytes = row.bytes.split(" ", 8).map((text) => Number.parseInt(text, 16));
  // TCP puts six bytes before the unit, the third and fourth of them always 0, and ends without a checksum.
  const length = (row.bytes.length + 1) / 3;
  const isTcp =
    length > 7 && bytes[2] === 0 && bytes[3] === 0 && (bytes[4] ?? 0) * 256 + (bytes[5] ?? 0) === length - 6;
  const code = bytes[isTcp ? 7 : 1];
  return code === undefined || Number.isNaN(code) ? null : code & 0x7f;
}

/** Functions that passed, in order, for the filter's list. */
export function calledIn(rows: readonly WireView[]): readonly number[] {
  const called = new Set<number>();
  for (const row of rows) {
    const code = calledBy(row);
    if (code !== null) called.add(code);
  }
  return [...called].sort((a, b) => a - b);
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
