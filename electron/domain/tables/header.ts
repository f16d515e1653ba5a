import { type Column, readHeaderName } from "../tag/columns.ts";

/** Which column of a sheet holds what. */
export interface Header {
  /** index of the last row that belongs to it; -1 when the sheet has none */
  readonly at: number;
  readonly titles: readonly string[];
  readonly places: ReadonlyMap<Column, number>;
  /** what stands in the brackets of a column's title */
  readonly hints: ReadonlyMap<Column, string>;
  /** titles that may multiply or divide */
  readonly unclear: readonly string[];
  /** chosen titles that the sheet does not have */
  readonly missing: readonly string[];
}

/** A person's choice of columns: our name of one → its title in the sheet; "" leaves it out. */
export type ColumnChoice = Readonly<Partial<Record<Column, string>>>;

const searchedRows = 40;

/**
 * Finds the header: the row, or the two rows under a merged one, that shows most known columns. Titles and notes may
 * stand above it. Without any known column it is the first row that is not blank.
 */
export function findHeader(rows: readonly (readonly string[])[], choice: ColumnChoice): Header {
  let best: Header | undefined;
  let most = 0;
  const first = rows.findIndex((cells) => !isBlank(cells));
  for (let at = Math.max(0, first); at < Math.min(rows.length, searchedRows); at++) {
    const cells = rows[at] ?? [];
    if (isBlank(cells)) continue;
    for (const header of [readHeader(cells, at, choice), readTwoRows(rows, at, choice)]) {
      const found = header ? worth(header) : 0;
      if (header && found > most) {
        best = header;
        most = found;
      }
    }
  }
  return best ?? readHeader(rows[first] ?? [], first, choice);
}

/** How much a header explains; the three columns that no table can miss count more. */
function worth({ places, unclear }: Header): number {
  const needed = (["name", "address", "type"] as const).filter((column) => places.has(column)).length;
  return places.size + needed * 2 + unclear.length;
}

/** Under a merged title the lower row says more: it wins where it has a text. */
function readTwoRows(
  rows: readonly (readonly string[])[],
  at: number,
  choice: ColumnChoice,
): Header | undefined {
  const upper = rows[at] ?? [];
  const lower = rows[at + 1];
  if (!lower || isBlank(lower)) return undefined;
  const width = Math.max(upper.length, lower.length);
  const titles = Array.from({ length: width }, (_, column) => lower[column]?.trim() || (upper[column] ?? ""));
  return readHeader(titles, at + 1, choice);
}

function readHeader(titles: readonly string[], at: number, choice: ColumnChoice): Header {
  const places = new Map<Column, number>();
  const hints = new Map<Column, string>();
  const unclear: string[] = [];
  const chosen = new Map<number, Column>();
  const missing: string[] = [];
  for (const [column, title] of Object.entries(choice) as [Column, string][]) {
    if (title === "") continue;
    const place = titles.findIndex((one) => sameTitle(one, title));
    if (place === -1) missing.push(title);
    else chosen.set(place, column);
  }
  for (const [place, title] of titles.entries()) {
    const { column, hint, isUnclear } = readHeaderName(title);
    const own =
      chosen.get(place) ?? (column !== undefined && Object.hasOwn(choice, column) ? undefined : column);
    if (own !== undefined && !places.has(own)) {
      places.set(own, place);
      hints.set(own, hint);
    } else if (isUnclear && !chosen.has(place)) unclear.push(title.trim());
  }
  return { at, titles, places, hints, unclear, missing };
}

function sameTitle(a: string, b: string): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, " ");
  return plain(a) === plain(b);
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}
