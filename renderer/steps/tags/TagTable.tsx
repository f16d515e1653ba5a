import { useElementSize } from "@mantine/hooks";
import type { KeyboardEvent, ReactNode } from "react";
import type { TagView } from "#contract/views.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useWords } from "../../words/language.ts";
import { type FittingColumn, fittingColumns } from "../verify/fitting.ts";
import type { LastMinute } from "../verify/lastMinute.ts";
import { fullName, TagName } from "../verify/TagName.tsx";
import { AgeCell, QualityCell, SparkCell, ValueCell, WordsCell } from "./LiveCells.tsx";
import styles from "./TagTable.module.css";
import { toggled } from "./ticks.ts";

/** The tags with what they read now. Space ticks the row, Ctrl+A all, Delete removes; Shift and arrows tick a run. */
export function TagTable(props: {
  readonly rows: readonly TagView[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
  readonly onRemove: () => void;
  readonly reading: boolean;
  readonly minute: LastMinute;
  readonly empty: ReactNode;
}) {
  const words = useWords().tags;
  const { ref, width } = useElementSize();
  const { ticked, onTick } = props;
  const columns: readonly FittingColumn<TagView>[] = [
    {
      key: "tick",
      title: "✓",
      width: "38px",
      needsPx: 38,
      yields: 0,
      cell: (row) => (
        <input
          type="checkbox"
          className={styles.tick}
          tabIndex={-1}
          aria-label={words.select(fullName(row.tag))}
          checked={ticked.has(row.key)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => onTick(toggled(ticked, row.key))}
        />
      ),
    },
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(130px, 1fr)",
      needsPx: 150,
      yields: 0,
      cell: ({ tag }) => <TagName group={tag.group} name={tag.name} />,
    },
    {
      key: "address",
      title: words.columns.address,
      width: "118px",
      needsPx: 118,
      yields: 0,
      mono: true,
      cell: (row) => row.printed,
    },
    {
      key: "wire",
      title: words.columns.wire,
      width: "62px",
      needsPx: 62,
      yields: 3,
      align: "right",
      cell: ({ tag }) => (
        <span className="dim" title={words.wireHint}>
          {tag.address.offset}
        </span>
      ),
    },
    {
      key: "type",
      title: words.columns.type,
      width: "68px",
      needsPx: 68,
      yields: 2,
      dim: true,
      cell: ({ tag }) => tag.type,
    },
    {
      key: "value",
      title: words.columns.value,
      width: "minmax(86px, 130px)",
      needsPx: 90,
      yields: 0,
      align: "right",
      cell: (row) => <ValueCell of={row.key} />,
    },
    {
      key: "unit",
      title: words.columns.unit,
      width: "56px",
      needsPx: 56,
      yields: 1,
      dim: true,
      cell: ({ tag }) => tag.unit,
    },
    {
      key: "quality",
      title: words.columns.quality,
      width: "86px",
      needsPx: 86,
      yields: 4,
      cell: (row) => <QualityCell of={row.key} />,
    },
    {
      key: "words",
      title: words.columns.words,
      width: "112px",
      needsPx: 112,
      yields: 7,
      mono: true,
      dim: true,
      cell: (row) => <WordsCell of={row.key} />,
    },
    {
      key: "age",
      title: words.columns.age,
      width: "62px",
      needsPx: 62,
      yields: 6,
      align: "right",
      dim: true,
      cell: (row) => <AgeCell of={row.key} counting={props.reading} />,
    },
    {
      key: "spark",
      title: words.columns.spark,
      width: "106px",
      needsPx: 106,
      yields: 5,
      cell: (row) => <SparkCell of={row.key} minute={props.minute} />,
    },
  ];

  function press(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    const { selected, rows } = props;
    if (event.key === " " && selected !== undefined) {
      event.preventDefault();
      onTick(toggled(ticked, selected));
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onTick(new Set(rows.map((row) => row.key)));
    } else if (event.key === "Delete") {
      event.preventDefault();
      props.onRemove();
    } else if (
      event.shiftKey &&
      (event.key === "ArrowDown" || event.key === "ArrowUp") &&
      selected !== undefined
    ) {
      const at = rows.findIndex((row) => row.key === selected);
      const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
      onTick(new Set([...ticked, selected, ...(next ? [next.key] : [])]));
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: adds keys to those of the grid inside
    <div ref={ref} className={styles.box} onKeyDown={press}>
      <DataTable
        label={words.table}
        rows={props.rows}
        columns={fittingColumns(columns, width)}
        rowKey={(row) => row.key}
        selected={props.selected}
        onSelect={(row) => props.onSelect(row.key)}
        empty={props.empty}
        fills
      />
    </div>
  );
}
