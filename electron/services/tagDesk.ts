import type { Crypto } from "#capabilities/crypto.ts";
import type { CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import { ProblemError } from "#domain/problem.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { printTagTable, readTagTable, type TagTable } from "#domain/tag/tagTable.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Transfers } from "./transfers.ts";

/** Tag tables in and out: looked at before they are taken. */
export interface TagDesk {
  preview(uploadId: string, line: string): CallOutput<"tags.preview">;
  take(importId: string): { taken: number };
  export(): { download: string; name: string };
}

/** Problems shown of one table: a wrong column gives one for each row, and nobody reads past these. */
const shownProblems = 500;
/** Good rows that are shown beside them: enough to see whether the columns were understood. */
const shownTags = 500;

export function tagDesk(desk: SiteDesk, files: Transfers, crypto: Crypto): TagDesk {
  let waiting: { readonly id: string; readonly site: string; readonly table: TagTable } | undefined;
  return {
    preview(uploadId, line) {
      const site = desk.site();
      if (!site.lines.some((candidate) => candidate.id === line))
        throw new ProblemError({ code: "line.unknown", line });
      const table = readTagTable(files.take(uploadId), {
        lines: site.lines,
        defaultLine: line,
        existing: site.tags,
      });
      const { rows, tags, changes, problems } = table;
      const kindOf = changeKinds(changes);
      waiting = { id: crypto.randomId(), site: site.id, table };
      return {
        importId: waiting.id,
        rows,
        good: tags.length,
        added: changes.added.length,
        changed: changes.changed.length,
        same: changes.same.length,
        tags: tags.slice(0, shownTags).map((tag) => previewOf(tag, kindOf)),
        problems: problems.slice(0, shownProblems).map(problemView),
      };
    },
    take(importId) {
      // What was looked at for one site is never taken into another.
      if (waiting?.id !== importId || waiting.site !== desk.site().id)
        throw new ProblemError({ code: "input.invalid", reason: `no import ${importId}` });
      const { tags, groups } = waiting.table;
      desk.edit({ kind: "putTags", tags, groups });
      waiting = undefined;
      return { taken: tags.length };
    },
    export() {
      const site = desk.site();
      const text = printTagTable(site.tags, site.groups, site.lines);
      // The mark makes spreadsheets read the file as UTF-8.
      return files.offer(`${site.name} tags.csv`, new TextEncoder().encode(`\uFEFF${text}`));
    },
  };
}

type Shown = CallOutput<"tags.preview">["tags"][number];

function changeKinds(changes: TagTable["changes"]): (key: string) => Shown["change"] {
  const [added, changed] = [new Set(changes.added), new Set(changes.changed)];
  return (key) => (added.has(key) ? "added" : changed.has(key) ? "changed" : "same");
}

function previewOf(tag: Tag, kindOf: (key: string) => Shown["change"]): Shown {
  const key = tagKey(tag);
  // The view has mutable copies of the same shapes.
  return { key, tag: tag as Shown["tag"], printed: printAddress(tag.address), change: kindOf(key) };
}
