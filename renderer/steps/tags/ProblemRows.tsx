import { useState } from "react";
import type { FailureView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import { readHeaderName } from "#domain/tag/columns.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./ImportPanel.module.css";
import type { ImportPreview } from "./useImport.ts";

/** What is wrong in a table: row, column, value and reason. */
export function ProblemRows({
  problems,
  header,
}: {
  readonly problems: readonly FailureView[];
  readonly header: ImportPreview["header"];
}) {
  const words = useWords().tags.import;
  const language = useLanguage();
  const [selected, select] = useState<string>();
  const rows = problems.map((problem, at) => ({
    key: String(at),
    problem,
    said: sayFailure(language, problem),
  }));
  type Row = (typeof rows)[number];
  const columns: readonly Column<Row>[] = [
    {
      key: "row",
      title: words.columns.row,
      width: "60px",
      align: "right",
      cell: (row) => row.problem.at?.row ?? "",
    },
    {
      key: "column",
      title: words.columns.column,
      width: "minmax(90px, 120px)",
      cell: (row) => titleOf(row.problem.at?.column ?? "", header),
    },
    {
      key: "value",
      title: words.columns.value,
      width: "minmax(110px, 170px)",
      mono: true,
      cell: (row) => (
        <span className={styles.value}>{row.problem.facts.text ?? row.problem.facts.name ?? ""}</span>
      ),
    },
    {
      key: "reason",
      title: words.columns.reason,
      width: "minmax(240px, 1fr)",
      cell: (row) => (
        <span className={styles.value} title={`${row.said.says} ${row.said.try}`}>
          {row.said.says} <span className="dim">{row.said.try}</span>
        </span>
      ),
    },
  ];
  const chosen = rows.find((row) => row.key === selected);
  return (
    <>
      <DataTable
        label={words.problems}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.key}
        selected={selected}
        onSelect={(row) => select(row.key)}
        fills
      />
      {chosen && (
        <p className={styles.whole} aria-live="polite">
          <strong>{chosen.said.says}</strong> {chosen.said.try}
        </p>
      )}
    </>
  );
}

/** A column as the file calls it, where the file has a name for it. */
function titleOf(column: string, header: ImportPreview["header"]): string {
  const { column: known } = readHeaderName(column);
  return header?.columns.find((one) => one.column !== null && one.column === known)?.title ?? column;
}
