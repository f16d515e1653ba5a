import { useState } from "react";
import type { Line } from "#domain/site/site.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { CheckField } from "../../parts/Fields.tsx";
import { FileButton } from "../../parts/FileDrop.tsx";
import { Section } from "../../parts/Step.tsx";
import { Choice } from "../../parts/Toolbar.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { asksIn, ImportAsk } from "./ImportAsk.tsx";
import { ImportChoices } from "./ImportChoices.tsx";
import { ImportColumns } from "./ImportColumns.tsx";
import styles from "./ImportPanel.module.css";
import { ImportRows } from "./ImportRows.tsx";
import { ProblemRows } from "./ProblemRows.tsx";
import type { ImportChoice, ImportPreview, ImportState } from "./useImport.ts";

/** What a table would change, row by row where something is wrong, before it changes anything. */
export function ImportPanel(props: {
  readonly state: Exclude<ImportState, { at: "none" }>;
  readonly lines: readonly Line[];
  readonly onLine: (line: string) => void;
  readonly onFile: (file: File) => void;
  readonly onChoice: (choice: ImportChoice) => void;
  readonly onTake: (importId: string, removeMissing: boolean) => Promise<unknown>;
  readonly onLeave: () => void;
}) {
  const { tags, tagWork } = useWords();
  const words = tags.import;
  const language = useLanguage();
  const [taking, setTaking] = useState(false);
  const [removes, setRemoves] = useState(false);
  const { state } = props;
  const count = (value: number) => number(language, value);
  const shown = state.at === "shown" ? state.preview : undefined;
  const asks = shown ? asksIn(shown) : [];
  // What nobody said yet is asked for above, once, and is no fault of the row that needs it first.
  const problems = shown?.problems.filter((problem) => !asks.includes(problem)) ?? [];
  const isKnown = shown !== undefined && (shown.good > 0 || asks.length === 0);

  return (
    <section className={styles.panel} aria-label={words.title}>
      <header className={styles.head}>
        <div>
          <h2>{state.name === "" ? words.fromPaste : state.name}</h2>
          <p className="dim">
            {state.at === "reading" && words.reading}
            {shown && `${words.mapping.formats[shown.format]} · ${words.rows(count(shown.rows))}`}
            {shown && shown.encoding !== "" && ` · ${tagWork.encodings[shown.encoding] ?? shown.encoding}`}
            {shown && shown.notes > 0 && ` · ${tagWork.notes(count(shown.notes))}`}
            {shown?.header?.remembered && ` · ${words.mapping.remembered}`}
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
                await props.onTake(shown.importId, removes);
                setTaking(false);
              }}
            >
              {words.take(count(shown.good))}
            </Button>
          ) : (
            state.at !== "reading" && (
              <FileButton accept={sheetTypes} onFile={props.onFile}>
                {words.again}
              </FileButton>
            )
          )}
        </div>
      </header>
      {state.at === "refused" && <Failures failures={state.failures} />}
      {state.at === "shown" && asks.length > 0 && (
        <ImportAsk asks={asks} choice={state.choice} onChoice={props.onChoice} />
      )}
      {state.at === "shown" && (
        <details className={styles.mapping} open={needsMapping(state.preview) || undefined}>
          <summary>{words.mapping.title}</summary>
          <div className={styles.mappingBody}>
            <ImportChoices preview={state.preview} choice={state.choice} onChoice={props.onChoice} />
            {state.preview.header && (
              <ImportColumns header={state.preview.header} choice={state.choice} onChoice={props.onChoice} />
            )}
          </div>
        </details>
      )}
      {shown && isKnown && (
        <>
          <dl className={styles.figures}>
            <Figure name={words.added} value={count(shown.added)} />
            <Figure name={words.changed} value={count(shown.changed)} />
            <Figure name={words.same} value={count(shown.same)} />
            {shown.missing > 0 && <Figure name={tagWork.missing} value={count(shown.missing)} />}
            <Figure name={words.wrong} value={count(shown.rows - shown.good)} bad={shown.rows > shown.good} />
          </dl>
          {shown.missing > 0 && shown.good > 0 && (
            <div title={shown.missingKeys.slice(0, 20).join("\n")}>
              <CheckField
                label={words.removeMissing(count(shown.missing))}
                value={removes}
                onChange={setRemoves}
              />
            </div>
          )}
        </>
      )}
      {shown && problems.length > 0 && (
        <Section
          title={words.problems}
          says={shown.good > 0 ? words.problemsSay : words.nothingGood}
          fills={shown.good === 0}
        >
          <div className={shown.good > 0 ? styles.someProblems : styles.allProblems}>
            <ProblemRows problems={problems} header={shown.header} />
          </div>
        </Section>
      )}
      {shown && shown.problems.length === 0 && (
        <p className={styles.fine}>
          <StateIcon state="ok" size={16} />
          {shown.added + shown.changed === 0 ? words.nothingNew : words.noProblems}
        </p>
      )}
      {shown && shown.good > 0 && (
        <div className={styles.goodRows}>
          <ImportRows tags={shown.tags} />
        </div>
      )}
    </section>
  );
}

/** File types that the import is offered for. */
export const sheetTypes = ".csv,.tsv,.txt,.xlsx,.json,.yaml,.yml,text/csv,text/plain";

/** A column that could be two things, or no row understood yet: what the columns were taken for stands open then. */
function needsMapping({ good, problems }: ImportPreview): boolean {
  return good === 0 || problems.some(({ code }) => code === "table.columnUnclear");
}

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
