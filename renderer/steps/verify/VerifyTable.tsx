import type { ReactNode } from "react";
import type { LastMinute } from "../../client/lastMinute.ts";
import { classes } from "../../parts/classes.ts";
import { type Column, DataTable, Quantity } from "../../parts/DataTable.tsx";
import { Spark } from "../../parts/Spark.tsx";
import { TagName } from "../../parts/TagName.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { VerdictChip } from "./VerdictChip.tsx";
import styles from "./VerifyTable.module.css";
import { blamedPlaces, isBad, type Place, type VerifyRow } from "./verifyRows.ts";

/** One row a tag: the value on the wire, in the gateway, in the cloud, and the verdict; cells at fault stand out. */
export function VerifyTable(props: {
  readonly rows: readonly VerifyRow[];
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly minute: LastMinute;
  readonly empty: ReactNode;
}) {
  const words = useWords().verify;
  const language = useLanguage();
  const reading = (place: Place): Column<VerifyRow> => ({
    key: place,
    title: words.columns[place],
    width: "minmax(82px, 1fr)",
    align: "right",
    cell: (row) => <ReadingCell row={row} place={place} />,
  });
  const columns: readonly Column<VerifyRow>[] = [
    {
      key: "tag",
      title: words.columns.tag,
      width: "minmax(92px, 1.4fr)",
      cell: ({ tag }) => <TagName group={tag.tag.group} name={tag.tag.name} />,
    },
    {
      key: "address",
      title: words.columns.address,
      width: "118px",
      yields: 5,
      mono: true,
      dim: true,
      cell: (row) => row.tag.printed,
    },
    reading("wire"),
    reading("gateway"),
    reading("cloud"),
    {
      key: "unit",
      title: words.columns.unit,
      width: "58px",
      yields: 2,
      dim: true,
      cell: (row) => row.tag.tag.unit,
    },
    {
      key: "spark",
      title: words.columns.spark,
      width: "106px",
      yields: 4,
      cell: (row) => (
        <Spark values={props.minute.values(row.key)} state={isBad(row.proof) ? "bad" : "plain"} />
      ),
    },
    {
      key: "latency",
      title: words.columns.latency,
      width: "86px",
      yields: 3,
      align: "right",
      cell: ({ proof }) => (
        <Quantity
          value={proof.latencyMs === null ? undefined : number(language, proof.latencyMs)}
          unit={words.milliseconds}
        />
      ),
    },
    {
      key: "verdict",
      title: words.columns.verdict,
      width: "150px",
      cell: ({ proof }) => <VerdictChip proof={proof} />,
    },
  ];
  return (
    <div className={styles.box}>
      <DataTable
        label={words.table}
        rows={props.rows}
        columns={columns}
        rowKey={(row) => row.key}
        selected={props.selected}
        onSelect={(row) => props.onSelect(row.key)}
        empty={props.empty}
        fills
      />
    </div>
  );
}

function ReadingCell({ row, place }: { readonly row: VerifyRow; readonly place: Place }) {
  const words = useWords().verify;
  const reading = row.proof[place];
  const blamed = blamedPlaces(row.proof).includes(place);
  if (reading === null) {
    if (blamed) return <strong className="bad">{words.noReading}</strong>;
    return <span className="dim">{row.proof.verdict === "waiting" ? "…" : "–"}</span>;
  }
  return (
    <span className={classes(styles.cut, blamed && styles.blamed)} title={reading.text}>
      {reading.text}
      {blamed && <span className="unseen"> ({words.differsHere})</span>}
    </span>
  );
}
