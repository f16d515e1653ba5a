// biome-ignore-all lint/a11y/useSemanticElements: a table that draws only the rows in sight cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
import { classes } from "../../../parts/classes.ts";
import { Icon } from "../../../parts/Icon.tsx";
import { useWords } from "../../../words/language.ts";
import type { TagOrder, TagOrderColumn } from "../tagRows.ts";
import styles from "./Sheet.module.css";
import type { SheetColumn } from "./SheetColumn.ts";

/** The head of a column; a click orders the rows by it. */
export function SheetHead(props: {
  readonly column: SheetColumn;
  readonly order: TagOrder;
  readonly onOrder: (column: TagOrderColumn) => void;
}) {
  const words = useWords().tags;
  const { column, order } = props;
  const by = column.order;
  const isOn = by !== undefined && order.column === by;
  return (
    <div
      role="columnheader"
      className={classes(column.align && styles[column.align])}
      aria-sort={isOn ? (order.falling ? "descending" : "ascending") : undefined}
    >
      {by === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={classes(styles.sort, isOn && styles.sorted)}
          title={words.sortBy(column.title)}
          onClick={() => props.onOrder(by)}
        >
          {column.title}
          {isOn && <Icon name={order.falling ? "down" : "up"} size={12} />}
        </button>
      )}
    </div>
  );
}
