import { Button, IconButton } from "../../parts/Button.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration, number } from "../../words/numbers.ts";
import { Choice, FilterBox, Toolbar, ToolbarGap } from "../verify/Toolbar.tsx";
import styles from "./TagToolbar.module.css";
import type { GroupRow, TagOrder, TagOrderColumn } from "./tagRows.ts";

const orders: readonly TagOrderColumn[] = ["place", "name", "group", "address", "type", "unit"];

/** Above the tag table: find, narrow, order; what is ticked; undo, redo, export. */
export function TagToolbar(props: {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly groups: readonly GroupRow[];
  readonly group: string | undefined;
  readonly onGroup: (key: string | undefined) => void;
  readonly order: TagOrder;
  readonly onOrder: (order: TagOrder) => void;
  readonly shown: number;
  readonly total: number;
  readonly ticked: number;
  readonly onRemove: () => void;
  readonly onTickAll: () => void;
  readonly onClear: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onExport: () => void;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  const { order } = props;
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
      <span className={styles.order}>
        <Choice
          label={words.order}
          value={order.column}
          options={orders.map((column) => ({ value: column, label: words.orders[column] }))}
          onChange={(column) => props.onOrder({ ...order, column })}
        />
        <IconButton
          icon={order.falling ? "up" : "down"}
          label={order.falling ? words.falling : words.rising}
          onClick={() => props.onOrder({ ...order, falling: !order.falling })}
        />
      </span>
      {props.ticked > 0 ? (
        <span className={styles.ticked}>
          {words.selected(number(language, props.ticked))}
          <Button kind="danger" size="small" icon="trash" onClick={props.onRemove}>
            {words.remove(props.ticked)}
          </Button>
          <Button kind="quiet" size="small" onClick={props.onTickAll}>
            {words.selectAll}
          </Button>
          <Button kind="quiet" size="small" onClick={props.onClear}>
            {words.clearSelection}
          </Button>
        </span>
      ) : (
        <span className="dim" role="status">
          {props.shown === props.total
            ? words.count(number(language, props.total))
            : words.countOf(number(language, props.shown), number(language, props.total))}
        </span>
      )}
      <ToolbarGap />
      <span className={styles.icons}>
        <IconButton icon="undo" label={words.undo} disabled={!props.canUndo} onClick={props.onUndo} />
        <IconButton icon="redo" label={words.redo} disabled={!props.canRedo} onClick={props.onRedo} />
        <IconButton icon="download" label={words.exportCsv} onClick={props.onExport} />
      </span>
    </Toolbar>
  );
}
