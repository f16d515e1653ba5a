import type { CallOutput } from "#contract/contract.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";

type Row = CallOutput<"gateway.diff">["rows"][number];

/** Rows that a person reads; the command line gives them all. */
const shown = 200;

/** What differs between site and gateway, a thing a row: a tag, a setting, a topic. */
export function DiffTable({ diff }: { readonly diff: CallOutput<"gateway.diff"> }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const columns: readonly Column<Row>[] = [
    { key: "kind", title: words.diffColumns.kind, width: "104px", cell: (row) => words.diffKinds[row.kind] },
    {
      key: "place",
      title: words.diffColumns.place,
      width: "minmax(120px, 1fr)",
      cell: (row) => <b>{row.name === "" ? row.node : `${row.node} · ${row.name}`}</b>,
    },
    {
      key: "designed",
      title: words.diffColumns.designed,
      width: "1fr",
      cell: (row) => <span title={row.designed}>{row.designed || "–"}</span>,
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
        label={words.diff}
        rows={diff.rows.slice(0, shown)}
        columns={columns}
        rowKey={(row) => `${row.kind}\n${row.node}\n${row.name}`}
      />
      {diff.total > shown && <p className="dim">{words.diffMore(number(language, diff.total - shown))}</p>}
    </>
  );
}
