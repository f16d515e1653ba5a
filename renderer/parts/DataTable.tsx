// biome-ignore-all lint/a11y/useSemanticElements: a table that draws only the rows in sight cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are taken by the grid
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { classes } from "./classes.ts";
import { columnsThatFit } from "./columnsThatFit.ts";
import styles from "./DataTable.module.css";
import { nextRow } from "./nextRow.ts";
import { useWidth } from "./useWidth.ts";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** a track of CSS grid: `52px`, `minmax(120px, 1fr)` */
  readonly width: string;
  readonly align?: "left" | "right";
  readonly mono?: boolean;
  readonly dim?: boolean;
  /** how soon it gives way in a narrow table: the highest first; absent or 0 never */
  readonly yields?: number;
  readonly cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  /** name for a screen reader */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** key of the selected row */
  readonly selected?: string | undefined;
  readonly onSelect?: (row: Row) => void;
  /** Enter or double click */
  readonly onOpen?: (row: Row) => void;
  /** small buttons at the right of a row, seen on hover and focus */
  readonly actions?: (row: Row) => ReactNode;
  /** shown under the head when there are no rows */
  readonly empty?: ReactNode;
  /** takes the height that is left and scrolls; otherwise as tall as its rows */
  readonly fills?: boolean;
  readonly rowState?: (row: Row) => "plain" | "bad" | "dim";
  /** keeps the last row in sight as rows come */
  readonly follow?: boolean;
  /** 23 px rows without lines and without a visible head, for logs */
  readonly dense?: boolean;
}

/** A dense table: 32 px rows, only those in sight are drawn; arrows, Page, Home and End move the selection. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, rowKey, selected } = props;
  const rowPx = props.dense ? 23 : 32;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = selected === undefined ? -1 : rows.findIndex((row) => rowKey(row) === selected);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollPaddingStart: props.dense ? 0 : 28,
  });
  const columns = columnsThatFit(props.columns, useWidth(box));
  const tracks = columns.map((column) => column.width).join(" ");

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  useEffect(() => {
    if (props.follow && rows.length > 0) virtual.scrollToIndex(rows.length - 1);
  }, [props.follow, rows.length, virtual]);

  function move(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const row = rows[at];
    if (event.key === "Enter" && row !== undefined && props.onOpen) {
      event.preventDefault();
      props.onOpen(row);
      return;
    }
    const seen = Math.max(1, Math.floor((box.current?.clientHeight ?? 320) / rowPx) - 2);
    const next = nextRow(event.key, at, rows.length, seen);
    const chosen = next === undefined ? undefined : rows[next];
    if (chosen === undefined || !props.onSelect) return;
    event.preventDefault();
    props.onSelect(chosen);
  }

  return (
    <div
      ref={box}
      className={classes(styles.table, props.fills && styles.fills, props.dense && styles.dense)}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={move}
    >
      <div role="rowgroup" className={props.dense ? "unseen" : styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <div
              role="columnheader"
              key={column.key}
              className={column.align === "right" ? styles.right : undefined}
            >
              {column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.length * rowPx }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const isOn = item.index === at;
          return (
            <div
              role="row"
              id={`${id}-${item.index}`}
              key={rowKey(row)}
              aria-rowindex={item.index + 2}
              aria-selected={props.onSelect ? isOn : undefined}
              className={classes(
                styles.row,
                props.onSelect && styles.selectable,
                isOn && styles.on,
                props.rowState && styles[props.rowState(row)],
              )}
              style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
              onClick={() => props.onSelect?.(row)}
              onDoubleClick={() => props.onOpen?.(row)}
            >
              {columns.map((column) => (
                <div
                  role="gridcell"
                  key={column.key}
                  className={classes(
                    column.align === "right" && styles.right,
                    column.mono && "mono",
                    column.dim && styles.dimmed,
                  )}
                >
                  {column.cell(row)}
                </div>
              ))}
              {props.actions && (
                <div role="gridcell" className={styles.actions}>
                  {props.actions(row)}
                </div>
              )}
            </div>
          );
        })}
      </div>
      {rows.length === 0 && props.empty !== undefined && (
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell" className={styles.empty}>
              {props.empty}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}

/** A number with its unit dimmed after it; a dash when there is none. */
export function Quantity({ value, unit }: { readonly value: string | undefined; readonly unit?: string }) {
  if (value === undefined || value === "") return <span className={styles.unit}>–</span>;
  return (
    <>
      {value}
      {unit && <span className={styles.unit}> {unit}</span>}
    </>
  );
}
