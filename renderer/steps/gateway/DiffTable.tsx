import { useMemo } from "react";
import type { CallOutput } from "#contract/contract.ts";
import { saveText } from "../../client/saveFile.ts";
import { Button } from "../../parts/Button.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { type DriftRow, driftRows, driftText } from "./driftRows.ts";
import styles from "./GatewayStep.module.css";

/** Rows that a person reads; the file and the command line give them all. */
const shown = 200;

/** What differs between site, bundle and gateway, a field a row. */
export function DiffTable({
  diff,
  bundle,
}: {
  readonly diff: CallOutput<"gateway.diff">;
  readonly bundle: boolean;
}) {
  const words = useWords().gateway;
  const language = useLanguage();
  const rows = useMemo(() => driftRows(diff.rows, words.diffAccess), [diff, words]);
  const titles = words.diffColumns;
  const side = (key: "designed" | "bundled" | "running", title: string): Column<DriftRow> => ({
    key,
    title,
    width: "minmax(90px, 1fr)",
    cell: (row) => <span title={row[key]}>{row[key] || "–"}</span>,
  });
  const columns: readonly Column<DriftRow>[] = [
    { key: "kind", title: titles.kind, width: "84px", yields: 2, cell: (row) => words.diffKinds[row.kind] },
    {
      key: "place",
      title: titles.place,
      width: "minmax(120px, 1.3fr)",
      cell: (row) => <b title={row.place}>{row.place}</b>,
    },
    {
      key: "field",
      title: titles.field,
      width: "104px",
      yields: 1,
      cell: (row) => words.diffFields[row.field] ?? row.field,
    },
    side("designed", titles.designed),
    ...(bundle ? [side("bundled", titles.bundled)] : []),
    side("running", titles.running),
  ];
  const heads = [
    titles.kind,
    titles.place,
    titles.field,
    titles.designed,
    ...(bundle ? [titles.bundled] : []),
    titles.running,
  ];
  const text = (separator: "," | "\t") => driftText(heads, rows, words.diffKinds, separator);
  const more = diff.total - diff.rows.length + Math.max(0, rows.length - shown);
  return (
    <div className={styles.drift}>
      <DataTable label={words.diff} rows={rows.slice(0, shown)} columns={columns} rowKey={(row) => row.key} />
      {more > 0 && <p className="dim">{words.diffMore(number(language, more))}</p>}
      <div className={styles.buttons}>
        <Button
          size="small"
          icon="copy"
          onClick={() => {
            void navigator.clipboard.writeText(text("\t")).then(() => showNotice(words.diffCopied));
          }}
        >
          {words.diffCopy}
        </Button>
        <Button size="small" icon="download" onClick={() => saveText("drift.csv", `\uFEFF${text(",")}`)}>
          {words.diffSave}
        </Button>
      </div>
    </div>
  );
}
