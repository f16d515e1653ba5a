import { useState } from "react";
import type { WireView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { classes } from "../../parts/classes.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number, timeOfDay } from "../../words/numbers.ts";
import { FrameDetail } from "./FrameDetail.tsx";
import styles from "./WireDrawer.module.css";
import { isError } from "./wireFilter.ts";

/** The frames, newest below; a chosen one is taken apart at the right. */
export function WireRows({
  rows,
  filtered,
}: {
  readonly rows: readonly WireView[];
  readonly filtered: boolean;
}) {
  const words = useWords().wire;
  const language = useLanguage();
  const [chosen, setChosen] = useState<WireView | undefined>(undefined);

  const columns: readonly Column<WireView>[] = [
    {
      key: "time",
      title: words.columns.time,
      width: "116px",
      mono: true,
      dim: true,
      cell: (row) => timeOfDay(row.at),
    },
    {
      key: "way",
      title: words.columns.direction,
      width: "36px",
      cell: (row) => (
        <span
          className={classes(styles.way, row.direction === "heard" && styles.heard)}
          title={words.directions[row.direction]}
        >
          <Icon name={row.direction} size={14} />
          <span className="unseen">{words.directions[row.direction]}</span>
        </span>
      ),
    },
    {
      key: "unit",
      title: words.columns.unit,
      width: "44px",
      align: "right",
      cell: (row) => <span title={words.directions[row.direction]}>{row.unit ?? ""}</span>,
    },
    {
      key: "says",
      title: words.columns.says,
      width: "minmax(220px, 400px)",
      cell: (row) => (
        <span
          className={isError(row) ? styles.error : undefined}
          title={`${sayPhrase(language, row.says)} · ${words.directions[row.direction]}`}
        >
          {sayPhrase(language, row.says)}
          {row.verdict !== "good" && row.verdict !== "badCrc" && ` · ${words.verdicts[row.verdict]}`}
        </span>
      ),
    },
    {
      key: "bytes",
      title: words.columns.bytes,
      width: "minmax(180px, 1fr)",
      mono: true,
      dim: true,
      cell: (row) => <span title={words.directions[row.direction]}>{row.bytes}</span>,
    },
    {
      key: "gap",
      title: words.columns.gap,
      width: "76px",
      align: "right",
      dim: true,
      cell: (row) => (row.medium === "modbus" ? `${number(language, row.gapMs)} ms` : ""),
    },
  ];

  return (
    <div className={styles.rows}>
      <DataTable
        label={words.table}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.key}
        selected={chosen?.key}
        onSelect={setChosen}
        follow={chosen === undefined}
        dense
        fills
        empty={filtered ? words.emptyFiltered : words.empty}
      />
      {chosen && <FrameDetail row={chosen} onClose={() => setChosen(undefined)} />}
    </div>
  );
}
