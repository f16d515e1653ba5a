import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { Changes } from "#domain/tables/collectTags.ts";
import type { TagFileReading } from "#domain/tables/readTagFile.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";

/** Problems shown of one table: a wrong column gives one for each row, and nobody reads past these. */
const shownProblems = 500;
/** Good rows that are shown beside them, and tags that the table lacks: enough to see what was understood. */
const shownTags = 500;

type View = CallOutput<"tags.preview">;

/** What a person is shown of a file before it is taken. */
export function importView(importId: string, encoding: string, reading: TagFileReading): View {
  const { table, addresses } = reading;
  const { changes } = table;
  const kindOf = changeKinds(changes);
  return {
    importId,
    format: reading.format,
    encoding,
    sheets: [...reading.sheets],
    sheet: reading.sheet,
    header: headerView(reading),
    addresses: {
      unitNumber: addresses.unit ?? null,
      area: addresses.area ?? null,
      base: addresses.base ?? null,
      numbers: addresses.numbers ?? null,
      order: addresses.order ?? null,
    },
    rows: table.rows,
    notes: reading.notes,
    good: table.tags.length,
    added: changes.added.length,
    changed: changes.changed.length,
    same: changes.same.length,
    missing: changes.missing.length,
    missingKeys: changes.missing.slice(0, shownTags),
    tags: table.tags.slice(0, shownTags).map((tag) => tagView(tag, kindOf, changes)),
    problems: table.problems.slice(0, shownProblems).map(problemView),
  };
}

function headerView({ header, samples, isRemembered }: TagFileReading): View["header"] {
  if (!header || header.at < 0) return null;
  const columnAt = new Map([...header.places].map(([column, place]) => [place, column]));
  return {
    row: header.at + 1,
    remembered: isRemembered,
    columns: header.titles.map((title, place) => ({
      title,
      column: columnAt.get(place) ?? null,
      samples: samples.map((cells) => (cells[place] ?? "").slice(0, 60)),
    })),
  };
}

type Shown = View["tags"][number];

function changeKinds(changes: Changes): (key: string) => Shown["change"] {
  const [added, changed] = [new Set(changes.added), new Set(changes.changed)];
  return (key) => (added.has(key) ? "added" : changed.has(key) ? "changed" : "same");
}

function tagView(tag: Tag, kindOf: (key: string) => Shown["change"], changes: Changes): Shown {
  const key = tagKey(tag);
  return {
    key,
    // The view has mutable copies of the same shapes.
    tag: tag as Shown["tag"],
    printed: printAddress(tag.address),
    change: kindOf(key),
    fields: [...(changes.fields.get(key) ?? [])],
  };
}
