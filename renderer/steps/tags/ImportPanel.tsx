import { useState } from "react";
import type { FailureView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import type { Line } from "#domain/site/site.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { FileButton } from "../handover/FileDrop.tsx";
import { Choice } from "../verify/Toolbar.tsx";
import styles from "./ImportPanel.module.css";
import type { ImportState } from "./useImport.ts";

/** What a table would change, row by row where something is wrong, before it changes anything. */
export function ImportPanel(props: {
  readonly state: Exclude<ImportState, { at: "none" }>;
  readonly lines: readonly Line[];
  readonly onLine: (line: string) => void;
  readonly onFile: (file: File) => void;
  readonly onTake: (importId: string) => Promise<unknown>;
  readonly onLeave: () => void;
}) {
  const words = useWords().tags.import;
  const language = useLanguage();
  const [taking, setTaking] = useState(false);
  const { state } = props;
  const count = (value: number) => number(language, value);
  const shown = state.at === "shown" ? state.preview : undefined;

  return (
    <section className={styles.panel} aria-label={words.title}>
      <header className={styles.head}>
        <div>
          <h2>{state.name === "" ? words.fromPaste : state.name}</h2>
          <p className="dim">
            {state.at === "reading" && words.reading}
            {shown && words.rows(count(shown.rows))}
            {state.at === "refused" && words.hint}
          </p>
        </div>
        {state.at === "shown" && props.lines.length > 1 && (
          <span className={styles.line}>
            {words.line}
            <Choice
              label={words.line}
              value={state.line}
              options={props.lines.map((line) => ({ value: line.id, label: line.name }))}
              onChange={props.onLine}
            />
          </span>
        )}
        <div className={styles.actions}>
          <Button onClick={props.onLeave}>{words.cancel}</Button>
          {shown && shown.good > 0 ? (
            <Button
              kind="primary"
              busy={taking}
              onClick={async () => {
                setTaking(true);
                await props.onTake(shown.importId);
                setTaking(false);
              }}
            >
              {words.take(count(shown.good))}
            </Button>
          ) : (
            state.at !== "reading" && (
              <FileButton kind="primary" accept={sheetTypes} onFile={props.onFile}>
                {words.again}
              </FileButton>
            )
          )}
        </div>
      </header>
      {state.at === "refused" && <Failures failures={state.failures} />}
      {shown && (
        <>
          <dl className={styles.figures}>
            <Figure name={words.added} value={count(shown.added)} />
            <Figure name={words.changed} value={count(shown.changed)} />
            <Figure name={words.same} value={count(shown.same)} />
            <Figure name={words.wrong} value={count(shown.rows - shown.good)} bad={shown.rows > shown.good} />
          </dl>
          {shown.problems.length > 0 ? (
            <Section
              title={words.problems}
              says={shown.good > 0 ? words.problemsSay : words.nothingGood}
              fills
            >
              <ProblemRows problems={shown.problems} />
            </Section>
          ) : (
            <p className={styles.fine}>
              <StateIcon state="ok" size={16} />
              {shown.added + shown.changed === 0 ? words.nothingNew : words.noProblems}
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** File types that the import is offered for. */
export const sheetTypes = ".csv,.tsv,.txt,text/csv,text/plain";

function Figure({
  name,
  value,
  bad = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly bad?: boolean;
}) {
  return (
    <div className={bad ? styles.badFigure : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function ProblemRows({ problems }: { readonly problems: readonly FailureView[] }) {
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
      mono: true,
      cell: (row) => row.problem.at?.column ?? "",
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
