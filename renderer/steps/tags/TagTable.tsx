import { useMergedRef } from "@mantine/hooks";
import { type ReactNode, type RefCallback, useMemo, useRef } from "react";
import type { TagView } from "#contract/views.ts";
import type { LastMinute } from "../../client/lastMinute.ts";
import { useWords } from "../../words/language.ts";
import type { CellMark } from "./findings/findingModel.ts";
import type { SheetColumn } from "./sheet/SheetColumn.ts";
import { SheetGrid } from "./sheet/SheetGrid.tsx";
import { useFitting } from "./sheet/useFitting.ts";
import { type Sheet, wrongKey } from "./sheet/useSheet.ts";
import { WrongCells } from "./sheet/WrongCells.tsx";
import styles from "./TagTable.module.css";
import { type TagSheetView, tagColumns } from "./tagColumns.tsx";
import { nextOrder, type TagOrder } from "./tagRows.ts";
import { toggled } from "./ticks.ts";

/** The columns of the tag table that have room in `widthPx`. */
export function useTagColumns(
  view: TagSheetView,
  minute: LastMinute,
  reading: boolean,
  widthPx: number,
): readonly SheetColumn[] {
  const words = useWords().tags;
  const columns = useMemo(() => tagColumns(view, words, minute, reading), [view, words, minute, reading]);
  return useFitting(columns, widthPx);
}

/** The tags as a sheet, and what in it needs to be put right. */
export function TagTable(props: {
  /** given the element whose width the columns have */
  readonly box: RefCallback<HTMLDivElement>;
  readonly sheet: Sheet;
  readonly rows: readonly TagView[];
  readonly columns: readonly SheetColumn[];
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
  readonly onRemove: () => void;
  readonly onRow: (key: string) => void;
  readonly onCut: (rows: number) => void;
  readonly order: TagOrder;
  readonly onOrder: (order: TagOrder) => void;
  readonly empty: ReactNode;
  /** stands over the foot of the table */
  readonly children: ReactNode;
}) {
  const words = useWords().tags;
  const { sheet, rows, columns } = props;
  const own = useRef<HTMLDivElement>(null);
  const box = useMergedRef(own, props.box);

  function nextWrong(): void {
    const places = [...sheet.wrong.values()]
      .map(({ key, field }) => ({
        row: rows.findIndex((row) => row.key === key),
        column: columns.findIndex((column) => column.field === field),
      }))
      .filter(({ row, column }) => row >= 0 && column >= 0)
      .sort((a, b) => a.row - b.row || a.column - b.column);
    const { focus } = sheet.range;
    const behind = places.find(
      ({ row, column }) => row > focus.row || (row === focus.row && column > focus.column),
    );
    const next = behind ?? places[0];
    if (next) sheet.select({ anchor: next, focus: next });
    own.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  }

  return (
    <div ref={box} className={styles.box}>
      <WrongCells
        count={sheet.wrong.size}
        cell={wrongCell(sheet, rows, columns)}
        onNext={nextWrong}
        onForget={sheet.forget}
      />
      <SheetGrid
        label={words.table}
        sheet={sheet}
        rows={rows}
        columns={columns}
        marks={props.marks}
        ticked={props.ticked}
        onTick={(key) => props.onTick(toggled(props.ticked, key))}
        onTickAll={() => props.onTick(new Set(rows.map((row) => row.key)))}
        onRemove={props.onRemove}
        onRow={props.onRow}
        onCut={props.onCut}
        order={props.order}
        onOrder={(column) => props.onOrder(nextOrder(props.order, column))}
        empty={props.empty}
      />
      {props.children}
    </div>
  );
}

/** The cell with a problem under the cursor, else the first there is. */
function wrongCell(sheet: Sheet, rows: readonly TagView[], columns: readonly SheetColumn[]) {
  const key = rows[sheet.range.focus.row]?.key ?? "";
  const field = columns[sheet.range.focus.column]?.field ?? "";
  return sheet.wrong.get(wrongKey(key, field)) ?? sheet.wrong.values().next().value;
}
