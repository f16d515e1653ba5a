import { useMemo, useRef, useState } from "react";
import type { TagView } from "#contract/views.ts";
import { useAct, useWorkbench } from "../../../client/hooks.ts";
import type { Workbench } from "../../../client/workbench.ts";
import { type CellEdit, readCells, type WrongCell } from "./cellEdits.ts";
import { boxOf, type CellRange } from "./cellRange.ts";
import { cellText } from "./cellText.ts";
import type { SheetColumn } from "./SheetColumn.ts";
import { seriesText } from "./series.ts";

/** Rows may come, go and change their order: a corner is found again by its row's key, else by where it was. */
interface Corner {
  readonly row: number;
  readonly key: string;
  readonly column: string;
}

/** A cell whose text is being typed. */
export interface Typing {
  readonly key: string;
  readonly column: string;
  readonly text: string;
}

/** Cursor, selection, typing and wrong cells of the tag sheet. */
export interface Sheet {
  readonly range: CellRange;
  readonly isPlaced: boolean;
  readonly typing: Typing | undefined;
  readonly wrong: ReadonlyMap<string, WrongCell>;
  select(range: CellRange): void;
  type(typing: Typing | undefined): void;
  /** takes what fits as one change to be undone; the rest stays in its cells with its problem */
  change(edits: readonly CellEdit[]): Promise<void>;
  /** texts for the selected cells of every row, by what the first row has */
  fill(how: "same" | "series"): Promise<void>;
  clear(): Promise<void>;
  /** lets go of texts that could not be taken */
  forget(): void;
  /** the keys of the rows in the selection */
  readonly keys: readonly string[];
}

export const wrongKey = (key: string, field: string) => `${key}\n${field}`;

export function useSheet(
  rows: readonly TagView[],
  all: readonly TagView[],
  columns: readonly SheetColumn[],
): Sheet {
  const act = useAct();
  const [corners, setCorners] = useState<{ readonly anchor: Corner; readonly focus: Corner }>();
  const [typing, setTyping] = useState<Typing>();
  const [wrong, setWrong] = useState<ReadonlyMap<string, WrongCell>>(new Map());
  const workbench = useWorkbench();
  const now = useRef({ rows, all, columns });
  now.current = { rows, all, columns };
  const shown = useRef(Promise.resolve());
  /** what the last change renamed: a text typed meanwhile may still name the tag as it was */
  const newKeys = useRef<ReadonlyMap<string, string>>(new Map());

  const range = useMemo<CellRange>(() => {
    const place = (corner: Corner) => {
      const found = rows[corner.row]?.key === corner.key ? corner.row : rowOf(rows, corner.key);
      const row = found < 0 ? Math.min(corner.row, rows.length - 1) : found;
      return {
        row: Math.max(0, row),
        column: Math.max(
          0,
          columns.findIndex((column) => column.key === corner.column),
        ),
      };
    };
    if (corners) return { anchor: place(corners.anchor), focus: place(corners.focus) };
    const first = { row: 0, column: 0 };
    return { anchor: first, focus: first };
  }, [rows, columns, corners]);

  const box = boxOf(range);
  const keys = useMemo(
    () => (corners ? rows.slice(box.top, box.bottom + 1).map((row) => row.key) : []),
    [corners, rows, box.top, box.bottom],
  );

  function select(next: CellRange): void {
    const corner = ({ row, column }: { row: number; column: number }): Corner => ({
      row,
      key: now.current.rows[row]?.key ?? "",
      column: now.current.columns[column]?.key ?? "",
    });
    setCorners({ anchor: corner(next.anchor), focus: corner(next.focus) });
  }

  function change(edits: readonly CellEdit[]): Promise<void> {
    // What comes next may build on these cells: it waits until they are on the screen.
    shown.current = shown.current.then(() => take(edits));
    return shown.current;
  }

  async function take(typed: readonly CellEdit[]): Promise<void> {
    if (typed.length === 0) return;
    const tags = new Map(now.current.all.map((row) => [row.key, row.tag]));
    const edits = typed.map((edit) =>
      tags.has(edit.key) ? edit : { ...edit, key: newKeys.current.get(edit.key) ?? edit.key },
    );
    const reading = readCells(tags, edits);
    newKeys.current = reading.keys;
    if (reading.changes.length > 0) {
      const { changes } = reading;
      const seen = nextChange(workbench);
      const done = await act("site.edit", { edit: { kind: "changeTags", changes } });
      if (done === undefined) return;
      await seen;
      setCorners((before) => before && renamed(before, reading.keys));
    }
    setWrong((before) => {
      const next = new Map(before);
      for (const { key, field } of edits) next.delete(wrongKey(key, field));
      for (const cell of reading.wrong) {
        const key = reading.keys.get(cell.key) ?? cell.key;
        next.set(wrongKey(key, cell.field), { ...cell, key });
      }
      return next;
    });
  }

  /** every cell of the selection that can be changed, with the origin of its column, once the last change is shown */
  async function selected() {
    await shown.current;
    const { rows } = now.current;
    const first = rows[box.top];
    if (!first || !corners) return [];
    const fields = columns.slice(box.left, box.right + 1).flatMap((column) => column.field ?? []);
    return rows
      .slice(box.top, box.bottom + 1)
      .flatMap((row, steps) => fields.map((field) => ({ row, field, steps, origin: first.tag })));
  }

  return {
    range,
    isPlaced: corners !== undefined && rows.length > 0,
    typing,
    wrong,
    select,
    type: setTyping,
    change,
    fill: async (how) =>
      change(
        (await selected())
          .filter(({ steps }) => steps > 0)
          .map(({ row, field, steps, origin }) => ({
            key: row.key,
            field,
            text: how === "same" ? cellText(origin, field) : seriesText(origin, field, steps),
          })),
      ),
    clear: async () =>
      change(
        (await selected()).flatMap(({ row, field }) => {
          const text = emptied[field as keyof typeof emptied];
          return text === undefined ? [] : [{ key: row.key, field, text }];
        }),
      ),
    forget: () => setWrong(new Map()),
    keys,
  };
}

/** Resolves when the tags have changed on the screen, or after a second without a change. */
function nextChange(workbench: Workbench): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, 1000);
    const stop = workbench.store("tags").subscribe(end);
  });
}

/** What a cleared cell holds; a tag cannot be without the others. */
const emptied = { unit: "", description: "", scale: "1", bias: "0", precision: "0" } as const;

function rowOf(rows: readonly TagView[], key: string): number {
  return rows.findIndex((row) => row.key === key);
}

function renamed(
  corners: { readonly anchor: Corner; readonly focus: Corner },
  keys: ReadonlyMap<string, string>,
): { readonly anchor: Corner; readonly focus: Corner } {
  const rename = (corner: Corner) => ({ ...corner, key: keys.get(corner.key) ?? corner.key });
  return { anchor: rename(corners.anchor), focus: rename(corners.focus) };
}
