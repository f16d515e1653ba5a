import { useEffect, useMemo, useState } from "react";
import type { SiteView, TagView } from "#contract/views.ts";
import { filterTags, groupRows, orderTags, type TagOrder } from "./tagRows.ts";
import { kept } from "./ticks.ts";

/** Which tags the table shows, in which order, and which of them are ticked. */
export function useTagRows(site: SiteView | undefined, tags: readonly TagView[]) {
  const [filter, setFilter] = useState("");
  const [group, setGroup] = useState<string>();
  const [order, setOrder] = useState<TagOrder>({ column: "place", falling: false });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const lines = site?.head.lines;
  const siteGroups = site?.head.groups;
  const groups = useMemo(() => groupRows(lines ?? [], siteGroups ?? [], tags), [lines, siteGroups, tags]);
  const rows = useMemo(() => orderTags(filterTags(tags, filter, group), order), [tags, filter, group, order]);

  useEffect(() => {
    const keys = new Set(tags.map((row) => row.key));
    setTicked((before) => kept(before, (key) => keys.has(key)));
  }, [tags]);

  return { filter, setFilter, group, setGroup, order, setOrder, ticked, setTicked, groups, rows };
}
