import { useMemo, useState } from "react";
import type { Line } from "#domain/site/site.ts";
import { isActive, useAct, useItem, useItems } from "../../client/hooks.ts";
import { type Command, useCommands } from "../../frame/commands.tsx";
import { settingsText } from "../../frame/hops.ts";
import { Button } from "../../parts/Button.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Section, Step, StepHead } from "../../parts/Step.tsx";
import { UnitMap } from "../../parts/UnitMap.tsx";
import { useWords } from "../../words/language.ts";
import { LineInspector } from "./LineInspector.tsx";
import { LineTabs } from "./LineTabs.tsx";
import styles from "./LineWork.module.css";
import { type Range, ScanRange } from "./ScanRange.tsx";
import { ScanResult } from "./ScanResult.tsx";
import { UnitInspector } from "./UnitInspector.tsx";
import { UnitsTable } from "./UnitsTable.tsx";
import { proposedName, scanOf, unitMarks, unitRows, withUnit } from "./unitRows.ts";

/** One line at work: scan it, watch the map fill, name what answered. */
export function LineWork(props: {
  readonly line: Line;
  readonly lines: readonly Line[];
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
  readonly onEdit: () => void;
}) {
  const { line } = props;
  const words = useWords().line;
  const act = useAct();
  const scan = scanOf(useItems("jobs"), line.id);
  const link = useItem("links", `line:${line.id}`);
  const [range, setRange] = useState<Range>({ from: 1, to: 247 });
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const rows = useMemo(() => unitRows(line, scan), [line, scan]);
  const marks = useMemo(() => unitMarks(rows), [rows]);
  const running = isActive(scan);
  const chosen = rows.find((row) => row.number === unit);
  const fresh = rows.filter((row) => !row.inSite);

  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: "line.scan",
        label: `${words.scan}: ${line.name}`,
        run: () => void act("job.scan", { line: line.id, ...range }),
      },
    ],
    [words, line, act, range],
  );
  useCommands(commands);

  function addAll(): void {
    const units = fresh.reduce<Line["units"]>(
      (list, row) => withUnit({ ...line, units: list }, row, proposedName(row)),
      line.units,
    );
    void act("site.edit", { edit: { kind: "setUnits", line: line.id, units: [...units] } });
  }

  return (
    <Step
      head={
        <StepHead title={words.title} says={<LineSays line={line} />}>
          <Button icon="pencil" disabled={running} onClick={props.onEdit}>
            {words.edit}
          </Button>
          {running ? (
            <Button
              kind="primary"
              icon="stop"
              disabled={scan?.state === "stopping"}
              onClick={() => scan && void act("job.cancel", { jobId: scan.key })}
            >
              {scan?.state === "stopping" ? words.stoppingScan : words.stopScan}
            </Button>
          ) : (
            <Button
              kind="primary"
              icon="play"
              onClick={() => void act("job.scan", { line: line.id, ...range })}
            >
              {scan ? words.scanAgain : words.scan}
            </Button>
          )}
        </StepHead>
      }
      inspector={
        chosen ? (
          <UnitInspector key={chosen.number} line={line} row={chosen} />
        ) : (
          <LineInspector line={line} link={link} />
        )
      }
    >
      <div className={styles.bar}>
        <LineTabs lines={props.lines} chosen={line.id} onChoose={props.onChoose} onAdd={props.onAdd} />
        {!running && <ScanRange range={range} onRange={setRange} />}
      </div>
      {link?.failure && <Failure failure={link.failure} />}
      {scan?.state === "failed" && scan.failure && <Failure failure={scan.failure} />}
      <JobProgress job={scan} label={words.progress} withoutCancel />
      <div className={styles.columns}>
        <Section title={words.mapTitle} says={words.mapSays}>
          <UnitMap
            found={marks}
            from={scan?.detail.from ?? range.from}
            to={scan?.detail.to ?? range.to}
            asked={scan?.detail.asked ?? 0}
            asking={running}
            selected={unit}
            onSelect={setUnit}
          />
        </Section>
        <ScanResult scan={scan} link={link} />
      </div>
      <Section
        title={words.table}
        fills
        actions={
          fresh.length > 0 && (
            <Button size="small" icon="plus" onClick={addAll}>
              {words.addAll(fresh.length)}
            </Button>
          )
        }
      >
        <UnitsTable line={line} rows={rows} selected={unit} onSelect={setUnit} />
      </Section>
    </Step>
  );
}

function LineSays({ line }: { readonly line: Line }) {
  return line.kind === "serial" ? (
    <>
      {line.name} · <b>{line.port}</b> · {settingsText(line.settings)}
    </>
  ) : (
    <>
      {line.name} · Modbus TCP · <b>{`${line.host}:${line.port}`}</b>
    </>
  );
}
