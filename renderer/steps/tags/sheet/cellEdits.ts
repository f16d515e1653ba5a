import type { Problem } from "#domain/problem.ts";
import type { TagChange } from "#domain/site/edit.ts";
import { type Tag, tagKey, tagTypes } from "#domain/tag/tag.ts";
import { draftOfTag, readDraft, type TagField } from "../tagDraft.ts";
import { type CellField, withCell } from "./cellText.ts";

/** A text for a cell of the tag with this key. */
export interface CellEdit {
  readonly key: string;
  readonly field: CellField;
  readonly text: string;
}

/** A text that cannot be taken, and why. It stays in its cell until it is put right. */
export interface WrongCell extends CellEdit {
  readonly problem: Problem;
}

/** What some cell texts come to: changes for the site, new keys by old ones, and the texts that cannot be taken. */
export interface CellReading {
  readonly changes: readonly TagChange[];
  readonly keys: ReadonlyMap<string, string>;
  readonly wrong: readonly WrongCell[];
}

/** Takes every text that can be taken; the others are named, each with its problem. */
export function readCells(tags: ReadonlyMap<string, Tag>, edits: readonly CellEdit[]): CellReading {
  const wrong: WrongCell[] = [];
  const next = new Map<string, Tag>();
  for (const [key, own] of byTag(edits)) {
    const tag = tags.get(key);
    if (tag) next.set(key, readRow(tag, own, wrong));
  }
  refuseTwins(tags, next, edits, wrong);
  const keys = new Map([...next].map(([key, tag]) => [key, tagKey(tag)]));
  return { changes: changesOf(tags, next), keys, wrong };
}

function byTag(edits: readonly CellEdit[]): ReadonlyMap<string, readonly CellEdit[]> {
  const rows = new Map<string, CellEdit[]>();
  for (const edit of edits) {
    const row = rows.get(edit.key);
    if (row) row.push(edit);
    else rows.set(edit.key, [edit]);
  }
  return rows;
}

/** The tag with the texts that fit. Cells are tried together first: an address and its type often change as one. */
function readRow(tag: Tag, edits: readonly CellEdit[], wrong: WrongCell[]): Tag {
  let left = edits;
  while (left.length > 0) {
    let draft = draftOfTag(tag);
    for (const { field, text } of left) draft = withCell(draft, field, text);
    const read = problemsOf(draft);
    if (read.tag) return read.tag;
    const blamed = left.filter(({ field }) => read.problems[field]);
    // A problem elsewhere in the row comes from what was changed: the type of an address, say.
    const refusedNow = blamed.length > 0 ? blamed : left;
    const [first] = Object.values(read.problems);
    for (const edit of refusedNow) {
      const problem = read.problems[edit.field] ?? first;
      if (problem) wrong.push({ ...edit, problem });
    }
    left = left.filter((edit) => !refusedNow.includes(edit));
  }
  return tag;
}

function problemsOf(draft: Parameters<typeof readDraft>[0]) {
  if (!tagTypes.includes(draft.type)) {
    const problems: Partial<Record<TagField, Problem>> = {
      type: { code: "tag.typeUnknown", text: draft.type },
    };
    return { problems, tag: undefined };
  }
  return readDraft(draft, () => false);
}

/** Names are looked at once all rows are read, as a block may trade them. */
function refuseTwins(
  tags: ReadonlyMap<string, Tag>,
  next: Map<string, Tag>,
  edits: readonly CellEdit[],
  wrong: WrongCell[],
): void {
  for (;;) {
    const owners = new Map<string, string>();
    const refused: string[] = [];
    for (const key of tags.keys()) if (!next.has(key)) owners.set(key, key);
    for (const [key, tag] of next) {
      const wanted = tagKey(tag);
      if (owners.has(wanted) && wanted !== key) refused.push(key);
      else owners.set(wanted, key);
    }
    if (refused.length === 0) return;
    for (const key of refused) refuseName(tags, next, key, edits, wrong);
  }
}

function refuseName(
  tags: ReadonlyMap<string, Tag>,
  next: Map<string, Tag>,
  key: string,
  edits: readonly CellEdit[],
  wrong: WrongCell[],
): void {
  const before = tags.get(key);
  const tag = next.get(key);
  if (!before || !tag) return;
  const problem: Problem = { code: "tag.duplicate", name: tag.name, group: tag.group };
  for (const edit of edits) {
    if (edit.key === key && (edit.field === "name" || edit.field === "group"))
      wrong.push({ ...edit, problem });
  }
  next.set(key, { ...tag, name: before.name, group: before.group });
}

/** One change for all tags that get the same new fields. */
function changesOf(tags: ReadonlyMap<string, Tag>, next: ReadonlyMap<string, Tag>): readonly TagChange[] {
  const changes = new Map<string, { keys: string[]; to: TagChange["to"] }>();
  for (const [key, tag] of next) {
    const before = tags.get(key);
    if (!before) continue;
    const to = Object.fromEntries(
      Object.entries(tag).filter(
        ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof Tag]),
      ),
    );
    if (Object.keys(to).length === 0) continue;
    const same = JSON.stringify(to);
    const change = changes.get(same);
    if (change) change.keys.push(key);
    else changes.set(same, { keys: [key], to });
  }
  return [...changes.values()];
}
