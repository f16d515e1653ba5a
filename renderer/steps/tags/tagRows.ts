import type { TagView } from "#contract/views.ts";
import type { Group, Line } from "#domain/site/site.ts";
import { isAt, wantedPlace } from "./addressFilter.ts";

/** Columns that the tag table can be ordered by. `place` is the order of the site file. */
export type TagOrderColumn = "place" | "name" | "group" | "address" | "type" | "unit";

export interface TagOrder {
  readonly column: TagOrderColumn;
  readonly falling: boolean;
}

/** A group with its line and how many tags it has; `key` is `line/group`. */
export interface GroupRow {
  readonly key: string;
  readonly line: string;
  readonly lineName: string;
  readonly name: string;
  readonly intervalMs: number;
  readonly tags: number;
}

const areas = ["coil", "discrete", "input", "holding"];
const names = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export function groupKey(tag: { readonly line: string; readonly group: string }): string {
  return `${tag.line}/${tag.group}`;
}

/**
 * Rows in which every word of `text` occurs: in the name, group, printed address, unit, type or description. A word
 * that is an address in any notation finds what lies there instead of where it is written.
 *
 * @param group `line/group` to stay within; undefined for all
 */
export function filterTags(
  rows: readonly TagView[],
  text: string,
  group: string | undefined,
): readonly TagView[] {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => ({ word, place: wantedPlace(word) }));
  if (wanted.length === 0 && group === undefined) return rows;
  return rows.filter((row) => {
    if (group !== undefined && groupKey(row.tag) !== group) return false;
    if (wanted.length === 0) return true;
    const { tag } = row;
    const named = `${tag.group}/${tag.name} ${tag.unit} ${tag.type} ${tag.description}`.toLowerCase();
    return wanted.every(({ word, place }) => {
      // 00010 is a coil, and the end of 400010 as well.
      const isPart =
        (place === undefined || word.startsWith("0")) && row.printed.toLowerCase().includes(word);
      return (
        isPart || (place && isAt(row, place)) || tag.manual?.toLowerCase() === word || named.includes(word)
      );
    });
  });
}

/** What a click on a column's head makes of the order: rising, falling, and as in the site again. */
export function nextOrder(order: TagOrder, column: TagOrderColumn): TagOrder {
  if (order.column !== column) return { column, falling: false };
  return order.falling ? { column: "place", falling: false } : { column, falling: true };
}

/** The rows in the asked order; rows that compare equal keep their place in the site. */
export function orderTags(rows: readonly TagView[], order: TagOrder): readonly TagView[] {
  const compare = comparisons[order.column];
  const sign = order.falling ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || a.index - b.index);
}

const comparisons: Record<TagOrderColumn, (a: TagView, b: TagView) => number> = {
  place: (a, b) => a.index - b.index,
  name: (a, b) => names.compare(a.tag.name, b.tag.name),
  group: (a, b) => names.compare(a.tag.group, b.tag.group),
  address: byAddress,
  type: (a, b) => names.compare(a.tag.type, b.tag.type),
  unit: (a, b) => names.compare(a.tag.unit, b.tag.unit),
};

function byAddress(a: TagView, b: TagView): number {
  const x = a.tag.address;
  const y = b.tag.address;
  return (
    x.unit - y.unit ||
    areas.indexOf(x.area) - areas.indexOf(y.area) ||
    x.offset - y.offset ||
    (x.bit ?? 0) - (y.bit ?? 0)
  );
}

/** The site's groups with their tag counts, lines in the site's order. */
export function groupRows(
  lines: readonly Line[],
  groups: readonly Group[],
  tags: readonly TagView[],
): readonly GroupRow[] {
  const counts = new Map<string, number>();
  for (const { tag } of tags) counts.set(groupKey(tag), (counts.get(groupKey(tag)) ?? 0) + 1);
  return lines.flatMap((line) =>
    groups
      .filter((group) => group.line === line.id)
      .map((group) => {
        const key = `${group.line}/${group.name}`;
        return {
          key,
          line: line.id,
          lineName: line.name,
          name: group.name,
          intervalMs: group.intervalMs,
          tags: counts.get(key) ?? 0,
        };
      }),
  );
}

/** A name that no tag of the group has yet: `tag1`, `tag2` and so on. */
export function freeName(tags: readonly TagView[], group: string): string {
  const taken = new Set(tags.filter((row) => groupKey(row.tag) === group).map((row) => row.tag.name));
  let number = taken.size + 1;
  while (taken.has(`tag${number}`)) number += 1;
  return `tag${number}`;
}
