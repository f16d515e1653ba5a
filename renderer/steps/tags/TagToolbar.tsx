import { Button, IconButton } from "../../parts/Button.tsx";
import { Choice, FilterBox, Toolbar } from "../../parts/Toolbar.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration, number } from "../../words/numbers.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { SeverityIcon } from "./findings/SeverityIcon.tsx";
import styles from "./TagToolbar.module.css";
import type { TagSheetView } from "./tagColumns.tsx";
import type { TagWork } from "./useTagWork.ts";

const views: readonly TagSheetView[] = ["live", "fields"];

/** Above the tag table: find, narrow, choose the columns; what was found, the bus time; undo, redo, export. */
export function TagToolbar(props: {
  readonly work: TagWork;
  readonly total: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onProfiles: () => void;
}) {
  const { tags: words, tagWork } = useWords();
  const language = useLanguage();
  const { work, total } = props;
  const all = "";
  return (
    <Toolbar label={words.table}>
      <FilterBox label={words.filter} value={work.filter} onChange={work.setFilter} />
      <Choice
        label={words.group}
        value={work.group ?? all}
        options={[
          { value: all, label: words.allGroups },
          ...work.groups.map((group) => ({
            value: group.key,
            label: words.groupOption(group.name, duration(language, group.intervalMs), group.tags),
          })),
        ]}
        onChange={(value) => {
          const key = value === all ? undefined : value;
          work.setGroup(key);
          work.choose(key === undefined ? undefined : { kind: "group", key });
        }}
      />
      <Choice
        label={words.view}
        value={work.view}
        options={views.map((view) => ({ value: view, label: words.views[view] }))}
        onChange={work.show}
      />
      <span className="dim" role="status">
        {work.rows.length === total
          ? words.count(number(language, total))
          : words.countOf(number(language, work.rows.length), number(language, total))}
      </span>
      <span className={styles.tools}>
        <FindingsButton work={work} />
        <Button
          size="small"
          kind="quiet"
          icon="clock"
          pressed={work.panels.has("bus")}
          onClick={() => work.toggle("bus")}
        >
          {tagWork.bus.open}
        </Button>
        <span className={styles.icons}>
          <IconButton icon="jobs" label={words.profile.open} onClick={props.onProfiles} />
          <IconButton icon="undo" label={words.undo} disabled={!props.canUndo} onClick={props.onUndo} />
          <IconButton icon="redo" label={words.redo} disabled={!props.canRedo} onClick={props.onRedo} />
          <ExportMenu />
        </span>
      </span>
    </Toolbar>
  );
}

/** How many findings there are, the worst kind as a drawing. */
function FindingsButton({ work }: { readonly work: TagWork }) {
  const words = useWords().tagWork.findings;
  const language = useLanguage();
  const { lint } = work;
  if (!lint) return null;
  const { error, warning, notice } = lint.counts;
  const count = error + warning + notice;
  const worst = error > 0 ? "error" : warning > 0 ? "warning" : "notice";
  return (
    <Button
      size="small"
      kind="quiet"
      pressed={work.panels.has("findings")}
      {...(count === 0 && { icon: "check" as const })}
      onClick={() => {
        if (work.chosen?.kind !== "tag") work.choose(undefined);
        work.toggle("findings");
      }}
    >
      {count > 0 && <SeverityIcon severity={worst} size={14} />}
      {count === 0 ? words.none : words.open(number(language, count))}
    </Button>
  );
}
