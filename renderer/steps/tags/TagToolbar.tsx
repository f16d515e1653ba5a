import { IconButton } from "../../parts/Button.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration, number } from "../../words/numbers.ts";
import { Choice, FilterBox, Toolbar, ToolbarGap } from "../verify/Toolbar.tsx";
import styles from "./TagToolbar.module.css";
import type { TagSheetView } from "./tagColumns.tsx";
import type { GroupRow } from "./tagRows.ts";

const views: readonly TagSheetView[] = ["live", "fields"];

/** Above the tag table: find, narrow, choose the columns; undo, redo, export. */
export function TagToolbar(props: {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly groups: readonly GroupRow[];
  readonly group: string | undefined;
  readonly onGroup: (key: string | undefined) => void;
  readonly shown: number;
  readonly total: number;
  readonly view: TagSheetView;
  readonly onView: (view: TagSheetView) => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onExport: () => void;
  readonly onProfiles: () => void;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  const all = "";
  return (
    <Toolbar label={words.table}>
      <FilterBox label={words.filter} value={props.filter} onChange={props.onFilter} />
      <Choice
        label={words.group}
        value={props.group ?? all}
        options={[
          { value: all, label: words.allGroups },
          ...props.groups.map((group) => ({
            value: group.key,
            label: words.groupOption(group.name, duration(language, group.intervalMs), group.tags),
          })),
        ]}
        onChange={(key) => props.onGroup(key === all ? undefined : key)}
      />
      <Choice
        label={words.view}
        value={props.view}
        options={views.map((view) => ({ value: view, label: words.views[view] }))}
        onChange={props.onView}
      />
      <span className="dim" role="status">
        {props.shown === props.total
          ? words.count(number(language, props.total))
          : words.countOf(number(language, props.shown), number(language, props.total))}
      </span>
      <ToolbarGap />
      <span className={styles.icons}>
        <IconButton icon="jobs" label={words.profile.open} onClick={props.onProfiles} />
        <IconButton icon="undo" label={words.undo} disabled={!props.canUndo} onClick={props.onUndo} />
        <IconButton icon="redo" label={words.redo} disabled={!props.canRedo} onClick={props.onRedo} />
        <IconButton icon="download" label={words.exportCsv} onClick={props.onExport} />
      </span>
    </Toolbar>
  );
}
