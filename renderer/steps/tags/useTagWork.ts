import { useElementSize } from "@mantine/hooks";
import { type RefCallback, useEffect, useMemo, useState } from "react";
import type { SiteView, TagView } from "#contract/views.ts";
import { useAct } from "../../client/hooks.ts";
import { useLastMinute } from "../../client/useLastMinute.ts";
import { showNotice } from "../../parts/notices.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { cellMarks, type FindingView } from "./findings/findingModel.ts";
import { useLint } from "./freshAnswer.ts";
import { repeated } from "./sheet/series.ts";
import { useSheet } from "./sheet/useSheet.ts";
import { rememberedView, rememberView } from "./sheetView.ts";
import type { Chosen } from "./TagInspector.tsx";
import { useTagColumns } from "./TagTable.tsx";
import type { TagSheetView } from "./tagColumns.tsx";
import { groupKey } from "./tagRows.ts";
import { useTagRows } from "./useTagRows.ts";

/** What is open beside the table besides the tag itself. */
export type TagPanel = "findings" | "bus";

/** The tag table at work: rows, columns, cursor, what is chosen, what was found, and what is done to tags. */
export function useTagWork(site: SiteView | undefined, tags: readonly TagView[], reading: boolean) {
  const words = useWords().tags;
  const language = useLanguage();
  const act = useAct();
  const minute = useLastMinute();
  const shown = useTagRows(site, tags);
  const [chosen, choose] = useState<Chosen>();
  const [view, setView] = useState(rememberedView);
  const { ref: box, width } = useElementSize<HTMLDivElement>();
  const columns = useTagColumns(view, minute, reading, width);
  const cells = useSheet(shown.rows, tags, columns);
  const lint = useLint();
  const [panels, setPanels] = useState<ReadonlySet<TagPanel>>(new Set());
  const [going, go] = useState<{ readonly key: string; readonly field: string }>();
  const { rows, ticked, setTicked } = shown;

  const marks = useMemo(() => {
    const fields = new Set<string>(columns.flatMap(({ field }) => field ?? []));
    return cellMarks(lint?.findings ?? [], fields, language);
  }, [lint, columns, language]);

  function show(next: TagSheetView): void {
    rememberView(next);
    setView(next);
  }

  // A finding's cell may be filtered away, or in the other columns: what hides it goes first, one drawing at a time.
  useEffect(() => {
    if (going === undefined) return;
    const row = rows.findIndex(({ key }) => key === going.key);
    const column = columns.findIndex(({ field }) => field === going.field);
    if (row < 0 && (shown.filter !== "" || shown.group !== undefined)) {
      shown.setFilter("");
      shown.setGroup(undefined);
    } else if (row >= 0 && column < 0 && view === "live") {
      setView("fields");
    } else {
      go(undefined);
      const at = {
        row,
        column: Math.max(
          column,
          columns.findIndex(({ field }) => field === "name"),
        ),
      };
      if (row >= 0) cells.select({ anchor: at, focus: at });
    }
  }, [going, rows, columns, view, shown, cells]);

  async function remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const done = await act("site.edit", { edit: { kind: "removeTags", keys: [...keys] } });
    if (done === undefined) return;
    choose(undefined);
    setTicked(new Set());
    showNotice(words.removed(keys.length));
  }

  async function repeat(keys: readonly string[]): Promise<void> {
    const wanted = new Set(keys);
    const taken = new Set(tags.map((row) => row.key));
    const copies = repeated(
      tags.flatMap((row) => (wanted.has(row.key) ? row.tag : [])),
      taken,
    );
    const edit = { kind: "putTags" as const, tags: copies, groups: [] };
    if ((await act("site.edit", { edit })) !== undefined) showNotice(words.repeated(copies.length));
  }

  return {
    ...shown,
    chosen,
    choose,
    view,
    show,
    box: box as RefCallback<HTMLDivElement>,
    columns,
    cells,
    lint,
    marks,
    panels,
    /** opens a panel, or closes it when it is open */
    toggle: (panel: TagPanel) =>
      setPanels((before) => {
        const next = new Set(before);
        if (!next.delete(panel)) next.add(panel);
        return next;
      }),
    goTo({ tag, line, group, field }: FindingView): void {
      if (tag !== null) go({ key: tag, field: field ?? "name" });
      else if (line !== null && group !== null) choose({ kind: "group", key: groupKey({ line, group }) });
    },
    /** the tags that several things are done to at once */
    picked: ticked.size > 0 ? [...ticked] : cells.keys,
    remove,
    repeat,
  };
}

export type TagWork = ReturnType<typeof useTagWork>;
