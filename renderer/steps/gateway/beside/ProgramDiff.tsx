import type { CallOutput } from "#contract/contract.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";

type Row = CallOutput<"program.diff">["rows"][number];

/** Rows that a person reads; the command line gives them all. */
const shown = 200;

/** What applying would change, a thing a row. */
export function ProgramDiff({ diff }: { readonly diff: CallOutput<"program.diff"> }) {
  const words = useWords().beside;
  const language = useLanguage();
  const columns: readonly Column<Row>[] = [
    {
      key: "change",
      title: words.diffColumns.change,
      width: "84px",
      cell: (row) => words.changes[row.change],
    },
    {
      key: "what",
      title: words.diffColumns.what,
      width: "minmax(140px, 1fr)",
      cell: (row) => (
        <>
          <span className="dim">{words.diffKinds[row.kind]}</span>{" "}
          <b>{row.field === "" ? row.item : `${row.item} · ${row.field}`}</b>
        </>
      ),
    },
    {
      key: "wanted",
      title: words.diffColumns.wanted,
      width: "1fr",
      cell: (row) => <span title={row.wanted}>{row.wanted || "–"}</span>,
    },
    {
      key: "running",
      title: words.diffColumns.running,
      width: "1fr",
      cell: (row) => <span title={row.running}>{row.running || "–"}</span>,
    },
  ];
  return (
    <>
      <DataTable
        label={words.differences}
        rows={diff.rows.slice(0, shown)}
        columns={columns}
        rowKey={(row) => [row.kind, row.item, row.field].join("\n")}
      />
      {diff.total > shown && <p className="dim">{words.more(number(language, diff.total - shown))}</p>}
    </>
  );
}
