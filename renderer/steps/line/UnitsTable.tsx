import type { Line } from "#domain/site/site.ts";
import { useAct } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip, type State } from "../../parts/Chip.tsx";
import { type Column, DataTable, Quantity } from "../../parts/DataTable.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./UnitsTable.module.css";
import { proposedName, type UnitRow, withUnit } from "./unitRows.ts";

const answerStates: Readonly<Record<UnitRow["answer"], State>> = {
  data: "ok",
  exception: "warn",
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
      width: "64px",
      align: "right",
      cell: (row) => <b>{row.number}</b>,
    },
    {
      key: "name",
      title: words.columns.name,
      width: "minmax(120px, 1fr)",
      cell: (row) => row.name || <span className="dim">{proposedName(row) || "–"}</span>,
    },
    {
      key: "identity",
      title: words.columns.identity,
      width: "minmax(130px, 1.4fr)",
      yields: 1,
      dim: true,
      cell: (row) =>
        row.identity || (row.answer === "data" || row.answer === "exception" ? words.noIdentity : "–"),
    },
    {
      key: "latency",
      title: words.columns.latency,
      width: "84px",
      align: "right",
      cell: (row) => (
        <Quantity value={row.latencyMs === null ? undefined : number(language, row.latencyMs)} unit="ms" />
      ),
    },
    {
      key: "answer",
      title: words.columns.answer,
      width: "116px",
      cell: (row) => <Chip state={answerStates[row.answer]}>{words.answers[row.answer]}</Chip>,
    },
    {
      key: "inSite",
      title: words.columns.inSite,
      width: "124px",
      cell: (row) =>
        row.inSite ? (
          <span className={styles.inSite}>
            <Icon name="check" size={14} />
            {words.inSite}
          </span>
        ) : (
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
