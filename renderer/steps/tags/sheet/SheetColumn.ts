import type { ReactNode } from "react";
import type { TagView } from "#contract/views.ts";
import type { TagOrderColumn } from "../tagRows.ts";
import type { CellField } from "./cellText.ts";

/** A column of the tag sheet. */
export interface SheetColumn {
  readonly key: string;
  readonly title: string;
  /** a track of CSS grid */
  readonly width: string;
  /** how soon it gives way in a narrow table: the highest first; 0 never */
  readonly yields: number;
  readonly align?: "right";
  readonly mono?: boolean;
  readonly dim?: boolean;
  /** what of the tag its cells change; absent: it only shows */
  readonly field?: CellField;
  /** what the rows are ordered by when its head is clicked */
  readonly order?: TagOrderColumn;
  readonly cell: (row: TagView) => ReactNode;
}
