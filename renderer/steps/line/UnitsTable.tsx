import type { Line } from "#domain/site/site.ts";
import { useAct } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip, type State } from "../../parts/Chip.tsx";
import { type Column, DataTable, Quantity } from "../../parts/DataTable.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { percent, verdictStates } from "./qualityRows.ts";
import styles from "./UnitsTable.module.css";
import { canBeAdded, proposedName, type UnitRow, withUnit } from "./unitRows.ts";

const answerStates: Readonly<Record<UnitRow["answer"], State>> = {
  data: "idle",
  exception: "warn",
  garbled: "bad",
  notHeard: "bad",
  notAsked: "idle",
};

/** Who is on the line: found by the scan, in the site, or both. */
export function UnitsTable(props: {
  readonly line: Line;
  readonly rows: readonly UnitRow[];
  readonly selected: number | undefined;
  readonly onSelect: (unit: number) => void;
}) {
  const { line } = props;
  const words = useWords().line;
  const language = useLanguage();
  const act = useAct();
  const columns: readonly Column<UnitRow>[] = [
    {
      key: "unit",
      title: words.columns.unit,
      width: "56px",
      align: "right",
      cell: (row) => <b>{row.number}</b>,
    },
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(136px, 1fr)",
      cell: (row) => row.name || <span className="dim">{proposedName(row) || "–"}</span>,
    },
    {
      key: "identity",
      title: words.columns.identity,
      width: "minmax(130px, 1.35fr)",
      yields: 1,
      dim: true,
      cell: (row) =>
        row.identity || (row.answer === "data" || row.answer === "exception" ? words.noIdentity : "–"),
    },
    {
      key: "latency",
      title: words.columns.latency,
      width: "76px",
      align: "right",
      cell: (row) => (
        <Quantity value={row.latencyMs === null ? undefined : number(language, row.latencyMs)} unit="ms" />
      ),
    },
    {
      key: "badFrames",
      title: words.columns.badFrames,
      width: "94px",
      align: "right",
      cell: (row) => (
        <Quantity value={row.certificate ? percent(row.certificate.badShare) : undefined} unit="%" />
      ),
    },
    {
      key: "verdict",
      title: words.columns.verdict,
      width: "120px",
      cell: (row) => <Verdict row={row} />,
    },
    {
      key: "inSite",
      title: words.columns.inSite,
      width: "122px",
      yields: 2,
      cell: (row) =>
        row.inSite ? (
          <span className={styles.inSite}>
            <Icon name="check" size={14} />
            {words.inSite}
          </span>
        ) : (
          canBeAdded(row) && (
            <span className={styles.add}>
              <Button
                size="small"
                kind="quiet"
                icon="plus"
                label={`${words.addUnit}: ${words.unitTitle(row.number)}`}
                onClick={() =>
                  void act("site.edit", {
                    edit: {
                      kind: "setUnits",
                      line: line.id,
                      units: [...withUnit(line, row, proposedName(row))],
                    },
                  })
                }
              >
                {words.addUnit}
              </Button>
            </span>
          )
        ),
    },
  ];
  return (
    <DataTable
      label={words.table}
      rows={props.rows}
      columns={columns}
      rowKey={(row) => String(row.number)}
      selected={props.selected === undefined ? undefined : String(props.selected)}
      onSelect={(row) => props.onSelect(row.number)}
      empty={words.tableEmpty}
      fills
    />
  );
}

/** What the certificate says in one word; of a unit without one, or silent since, how it answered. */
function Verdict({ row }: { readonly row: UnitRow }) {
  const { verdicts, answers } = useWords().line;
  if (row.suspicion) return <Chip state="bad">{answers.garbled}</Chip>;
  if (!row.certificate || row.answer === "notHeard") {
    const says = row.answer === "data" ? verdicts.answers : answers[row.answer];
    return <Chip state={answerStates[row.answer]}>{says}</Chip>;
  }
  const { verdict } = row.certificate;
  return <Chip state={verdictStates[verdict]}>{verdicts[verdict]}</Chip>;
}
