// biome-ignore-all lint/a11y/useSemanticElements: a table that draws only the rows in sight cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
} from "react";
import type { TagView } from "#contract/views.ts";
import type { TagOrder, TagOrderColumn } from "../tagRows.ts";
import { parseBlock, placed, printBlock } from "./blocks.ts";
import { boxOf, type Cell, isOneCell, moved } from "./cellRange.ts";
import { cellText } from "./cellText.ts";
import { rowActions } from "./rowActions.ts";
import styles from "./Sheet.module.css";
import type { SheetColumn } from "./SheetColumn.ts";
import { SheetHead } from "./SheetHead.tsx";
import { SheetRow, type SheetRowProps } from "./SheetRow.tsx";
import { startTyping } from "./typing.ts";
import { tickPx } from "./useFitting.ts";
import type { Sheet } from "./useSheet.ts";

const rowPx = 32;
const headPx = 28;

export interface SheetGridProps {
  readonly label: string;
  readonly sheet: Sheet;
  readonly rows: readonly TagView[];
  readonly columns: readonly SheetColumn[];
  readonly marks: SheetRowProps["marks"];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (key: string) => void;
  readonly onTickAll: () => void;
  readonly onRemove: () => void;
  /** the row whose cursor it is, by a person's doing */
  readonly onRow: (key: string) => void;
  readonly onCut: (rows: number) => void;
  readonly order: TagOrder;
  readonly onOrder: (column: TagOrderColumn) => void;
  readonly empty: ReactNode;
}

/**
 * The tags as a spreadsheet: arrows move, Shift extends, typing changes, Enter and F2 open a cell, Ctrl+C and Ctrl+V
 * carry blocks, Ctrl+D fills down, Space ticks the row. Only the rows in sight are drawn.
 */
export function SheetGrid(props: SheetGridProps) {
  const { rows, columns, sheet } = props;
  const { range } = sheet;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 3,
    scrollPaddingStart: headPx,
  });
  const drawn = virtual.getVirtualItems();
  // A row that leaves lends its elements to the one that comes: nothing is made anew while there are as many.
  const places = useRef(0);
  places.current = Math.max(places.current, drawn.length);
  const tracks = useMemo(() => `${tickPx}px ${columns.map((column) => column.width).join(" ")}`, [columns]);
  const selection = boxOf(range);
  const cursorKey = rows[range.focus.row]?.key;

  // Handlers are made once, so that rows are not drawn again for them; they look at what is current.
  const now = useRef({ props, selection });
  now.current = { props, selection };
  const actions = useMemo(() => rowActions(now, box), []);

  useEffect(() => {
    if (sheet.isPlaced && cursorKey !== undefined) virtual.scrollToIndex(range.focus.row);
  }, [sheet.isPlaced, cursorKey, range.focus.row, virtual]);

  function go(to: { readonly anchor: Cell; readonly focus: Cell }): void {
    sheet.select(to);
    const key = rows[to.focus.row]?.key;
    if (key !== undefined) props.onRow(key);
  }

  function press(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 320) / rowPx) - 2);
    const size = { rows: rows.length, columns: columns.length, page };
    const isHeld = event.ctrlKey || event.metaKey;
    const to = moved(range, event, size);
    if (to !== undefined) {
      const leaves = event.key === "Tab" && to.focus.column === range.focus.column;
      // Tab leaves the sheet at its edges, so that no keyboard is caught in it.
      if (leaves) return;
      event.preventDefault();
      go(sheet.isPlaced ? to : { anchor: { row: 0, column: 0 }, focus: { row: 0, column: 0 } });
    } else if (pressed(event, isHeld)) event.preventDefault();
  }

  /** @returns whether the key was taken */
  function pressed({ key, shiftKey, altKey }: KeyboardEvent, isHeld: boolean): boolean {
    const row = rows[range.focus.row];
    if (isHeld && key.toLowerCase() === "a") props.onTickAll();
    else if (isHeld && key.toLowerCase() === "d") void sheet.fill(shiftKey ? "series" : "same");
    else if (isHeld || altKey || !row) return false;
    else if (key === " ") props.onTick(row.key);
    else if (key === "Delete" && props.ticked.size > 0) props.onRemove();
    else if (key === "Delete" || key === "Backspace") void sheet.clear();
    else if (key === "F2" || key === "Enter") actions.open(range.focus.row, range.focus.column);
    else if (key.length === 1) startTyping(now.current.props, range.focus, key);
    else return false;
    return true;
  }

  function copy(event: ClipboardEvent): void {
    if (event.target !== event.currentTarget || !sheet.isPlaced) return;
    event.preventDefault();
    const shown = columns.slice(selection.left, selection.right + 1);
    const block = rows
      .slice(selection.top, selection.bottom + 1)
      .map(({ tag }) => shown.map(({ field }) => (field ? cellText(tag, field) : "")));
    event.clipboardData.setData("text/plain", printBlock(block));
  }

  function paste(event: ClipboardEvent): void {
    if (event.target !== event.currentTarget || !sheet.isPlaced) return;
    const cells = placed(parseBlock(event.clipboardData.getData("text/plain")), selection);
    event.preventDefault();
    event.stopPropagation();
    const cut = cells.reduce((most, cell) => Math.max(most, cell.row + 1 - rows.length), 0);
    if (cut > 0) props.onCut(cut);
    void sheet.change(
      cells.flatMap(({ row, column, text }) => {
        const [key, field] = [rows[row]?.key, columns[column]?.field];
        return key === undefined || field === undefined ? [] : [{ key, field, text }];
      }),
    );
  }

  return (
    <div
      ref={box}
      className={styles.sheet}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={sheet.isPlaced ? `${id}-cursor` : undefined}
      tabIndex={0}
      onKeyDown={press}
      onCopy={copy}
      onPaste={paste}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: tracks }}>
          <div role="columnheader">✓</div>
          {columns.map((column) => (
            <SheetHead key={column.key} column={column} order={props.order} onOrder={props.onOrder} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.length * rowPx }}>
        {drawn.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const within = sheet.isPlaced && item.index >= selection.top && item.index <= selection.bottom;
          const isCursor = sheet.isPlaced && item.index === range.focus.row;
          const typing = isCursor && sheet.typing?.key === row.key ? sheet.typing.text : undefined;
          return (
            <SheetRow
              key={item.index % places.current}
              id={`${id}-cursor`}
              row={row}
              index={item.index}
              top={item.start}
              tracks={tracks}
              columns={columns}
              ticked={props.ticked.has(row.key)}
              cursor={isCursor ? range.focus.column : -1}
              from={within && !isOneCell(range) ? selection.left : 0}
              to={within && !isOneCell(range) ? selection.right : -1}
              typing={typing}
              wrong={sheet.wrong}
              marks={props.marks}
              actions={actions}
            />
          );
        })}
      </div>
      {rows.length === 0 && (
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
