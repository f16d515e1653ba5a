import type { Problem } from "../problem.ts";
import type { Group, Line } from "../site/site.ts";
import type { Sliced } from "../sliced.ts";
import type { Column } from "../tag/columns.ts";
import { printAddress } from "../tag/printAddress.ts";
import { type Tag, tagKey } from "../tag/tag.ts";
import { tagProblems } from "../tag/tagLimits.ts";
import { type RowContext, readTagRow } from "../tag/tagRow.ts";

/** One row of any format, before it is a tag. */
export interface RawRow {
  /** 1-based, as the spreadsheet or the list counts */
  readonly row: number;
  readonly cell: (column: Column) => string;
  /** what the format itself says against it: such a row gives no tag */
  readonly problems?: readonly Problem[];
}

export interface TableContext {
  readonly lines: readonly Pick<Line, "id" | "name">[];
  /** line of rows that name none */
  readonly defaultLine: string;
  readonly existing: readonly Tag[];
}

/** What a table would bring: its good rows, a problem for each bad cell, and what it changes. */
export interface TagTable {
  readonly rows: number;
  readonly tags: readonly Tag[];
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
  readonly changes: Changes;
}

export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly same: readonly string[];
  /** tags of the same lines that the table does not name, not even in a row with a problem */
  readonly missing: readonly string[];
  /** which fields of a changed tag differ */
  readonly fields: ReadonlyMap<string, readonly TagField[]>;
}

export type TagField = Exclude<keyof Tag, "line" | "group" | "name">;

const rowsASlice = 50;

/**
 * Reads rows into tags and compares them with those that a site has.
 *
 * @param carried columns that the table has: a field that it does not speak of stays as it is in the site
 */
export function* collectTags(
  rows: Iterable<RawRow>,
  context: RowContext,
  carried: ReadonlySet<Column>,
  existing: readonly Tag[],
): Sliced<TagTable> {
  const known = new Map(existing.map((tag) => [tagKey(tag), tag]));
  const tags = new Map<string, Tag>();
  const named = new Set<string>();
  const groups = new Map<string, Group>();
  const problems: Problem[] = [];
  const asked = new Set<string>();
  const changes = { added: [] as string[], changed: [] as string[], same: [] as string[] };
  const fields = new Map<string, readonly TagField[]>();
  let count = 0;
  for (const raw of rows) {
    count += 1;
    if (count % rowsASlice === 0) yield;
    const { row } = raw;
    const read = readTagRow(raw.cell, context);
    for (const problem of [...(raw.problems ?? []), ...read.problems]) {
      // One choice that is missing is missing for every row: it is told once.
      if (problem.code === "table.choiceMissing" && asked.has(problem.what)) continue;
      if (problem.code === "table.choiceMissing") asked.add(problem.what);
      problems.push({ ...problem, at: { ...problem.at, row } });
    }
    const key = tagKey(read.place);
    const { tag } = read;
    if (!tag || raw.problems?.length) {
      named.add(key);
      continue;
    }
    if (tags.has(key)) {
      problems.push({ code: "tag.duplicate", name: tag.name, group: tag.group, at: { row, column: "name" } });
      continue;
    }
    const before = known.get(key);
    const next = before ? keepUnspoken(tag, before, carried, context) : tag;
    tags.set(key, next);
    if (read.intervalMs !== undefined)
      groups.set(`${tag.line}/${tag.group}`, {
        line: tag.line,
        name: tag.group,
        intervalMs: read.intervalMs,
      });
    const differing = before ? differences(before, next) : undefined;
    changes[differing === undefined ? "added" : differing.length === 0 ? "same" : "changed"].push(key);
    if (differing && differing.length > 0) fields.set(key, differing);
  }
  const lines = new Set([...tags.values()].map((tag) => tag.line));
  const missing = existing
    .filter((tag) => lines.has(tag.line) && !tags.has(tagKey(tag)) && !named.has(tagKey(tag)))
    .map(tagKey);
  return {
    rows: count,
    tags: [...tags.values()],
    groups: [...groups.values()],
    problems,
    changes: { ...changes, missing, fields },
  };
}

const comparedFields: readonly TagField[] = [
  "address",
  "type",
  "access",
  "scale",
  "bias",
  "precision",
  "unit",
  "description",
  "manual",
];

function differences(before: Tag, after: Tag): readonly TagField[] {
  return comparedFields.filter((field) => {
    if (field === "address") return printAddress(before.address) !== printAddress(after.address);
    if (field === "access") return [...before.access].sort().join() !== [...after.access].sort().join();
    return before[field] !== after[field];
  });
}

const columnOfField = {
  access: ["access", "functionCode"],
  scale: ["scale", "divisor"],
  bias: ["bias"],
  precision: ["precision"],
  unit: ["unit"],
  description: ["description"],
} as const satisfies Partial<Record<TagField, readonly Column[]>>;

/** A table without scales does not mean scale 1: what it has no column for is kept, where that still fits. */
function keepUnspoken(tag: Tag, before: Tag, carried: ReadonlySet<Column>, context: RowContext): Tag {
  let merged = tag;
  for (const field of Object.keys(columnOfField) as (keyof typeof columnOfField)[]) {
    if (!columnOfField[field].some((column) => carried.has(column)))
      merged = { ...merged, [field]: before[field] };
  }
  const isSamePlace =
    tag.address.unit === before.address.unit &&
    tag.address.area === before.address.area &&
    tag.address.offset === before.address.offset;
  if (isSamePlace && tag.manual === undefined && before.manual !== undefined)
    merged = { ...merged, manual: before.manual };
  const saysNoOrder = tag.manual !== undefined && !carried.has("order") && context.order === undefined;
  if (isSamePlace && saysNoOrder && tag.type === before.type && tag.address.order === undefined)
    merged = { ...merged, address: before.address };
  return tagProblems(merged).length === 0 ? merged : tag;
}
