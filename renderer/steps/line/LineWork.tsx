import { useMemo, useState } from "react";
import type { Line, SerialSettings } from "#domain/site/site.ts";
import { isActive, useAct, useItem, useItems } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { showNotice } from "../../parts/notices.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Section, Step } from "../../parts/Step.tsx";
import { UnitMap } from "../../parts/UnitMap.tsx";
import { useWords } from "../../words/language.ts";
import { CertificateDetails } from "./CertificateDetails.tsx";
import { DetectResult } from "./DetectResult.tsx";
import { detectOf, settingsToUse } from "./detectRows.ts";
import { LineHead } from "./LineHead.tsx";
import { LineInspector } from "./LineInspector.tsx";
import { LineQuality } from "./LineQuality.tsx";
import { LineTabs } from "./LineTabs.tsx";
import styles from "./LineWork.module.css";
import { LiveRegisters } from "./LiveRegisters.tsx";
import { certificatesOf, certifyingOn, qualityOf } from "./qualityRows.ts";
import { type Range, ScanRange } from "./ScanRange.tsx";
import { ScanResult } from "./ScanResult.tsx";
import { UnitInspector } from "./UnitInspector.tsx";
import { UnitQuality } from "./UnitQuality.tsx";
import { UnitsTable } from "./UnitsTable.tsx";
import { canBeAdded, proposedName, scanOf, unitMarks, unitRows, withUnit } from "./unitRows.ts";
import { unitsText } from "./unitsText.ts";
import { useLineCommands } from "./useLineCommands.ts";
import { useNarrow } from "./useNarrow.ts";

/** One line at work: detect its settings, scan it, watch the map fill, certify and name what answered. */
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
  const jobs = useItems("jobs");
  const scan = scanOf(jobs, line.id);
  const detect = detectOf(jobs, line.id);
  const certifying = certifyingOn(jobs, line.id);
  const link = useItem("links", `line:${line.id}`);
  const [range, setRange] = useState<Range>({ from: 1, to: 247 });
  const [unit, setUnit] = useState<number | undefined>(undefined);
  const [putAway, setPutAway] = useState<string | undefined>(undefined);
  const isNarrow = useNarrow();
  const certified = useItems("certificates");
  const certificates = useMemo(() => certificatesOf(certified, line.id), [certified, line.id]);
  const rows = useMemo(
    () => unitRows(line, scan, new Map([...certificates].map(([number, one]) => [number, one.certificate]))),
    [line, scan, certificates],
  );
  const marks = useMemo(() => unitMarks(rows), [rows]);
  const scanning = isActive(scan);
  const busy = scanning || isActive(detect) || certifying !== undefined;
  const chosen = rows.find((row) => row.number === unit);
  const fresh = rows.filter(canBeAdded);
  const detected =
    detect && detect.key !== putAway && (!scan || detect.startedAt >= scan.startedAt) ? detect : undefined;
  const better = chosen ? undefined : settingsToUse(line, detected);

  const does = useMemo(
    () => ({
      scan: () => void act("job.scan", { line: line.id, ...range }),
      goOn: (jobId: string) => void act("job.scan", { line: line.id, ...range, continues: jobId }),
      detect() {
        setUnit(undefined);
        void act("job.detect", { line: line.id });
      },
      certify: (units: readonly number[], soakMinutes = 0) =>
        void act("job.quality", { line: line.id, units: [...units], soakMinutes }),
    }),
    [act, line.id, range],
  );
  useLineCommands(line, unit, does);

  function addAll(): void {
    const units = fresh.reduce<Line["units"]>(
      (list, row) => withUnit({ ...line, units: list }, row, proposedName(row)),
      line.units,
    );
    void act("site.edit", { edit: { kind: "setUnits", line: line.id, units: [...units] } });
  }

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(unitsText(rows, words));
    showNotice(words.unitsCopied(rows.length));
  }

  function take(settings: SerialSettings): void {
    if (line.kind !== "serial") return;
    void act("site.edit", {
      edit: { kind: "putLine", line: { ...line, units: [...line.units], settings } },
    });
  }

  // Nobody chosen: the one that is being certified is worth looking at.
  const looked = chosen ?? rows.find((row) => row.number === certifying?.detail.unit);
  const job = looked && qualityOf(jobs, line.id, looked.number);
  const made = looked && certificates.get(looked.number);
  const shown = (isActive(job) && job?.detail.certificate) || made?.certificate;
  const beside = looked ? (
    <UnitQuality
      key={looked.number}
      line={line}
      unit={looked.number}
      name={looked.name}
      isNamed={chosen !== undefined && isNarrow}
      isNarrow={isNarrow}
      job={job}
      made={made}
      busy={busy}
      onCertify={(soakMinutes) => does.certify([looked.number], soakMinutes)}
    />
  ) : detected ? (
    <DetectResult
      line={line}
      job={detected}
      better={better}
      onUse={take}
      onClose={() => setPutAway(detected.key)}
    />
  ) : (
    <ScanResult line={line} scan={scan} link={link} />
  );
  const above = isNarrow ? beside : undefined;

  return (
    <Step
      head={
        <LineHead
          line={line}
          scan={scan}
          busy={busy}
          quiet={better !== undefined}
          onEdit={props.onEdit}
          onDetect={does.detect}
          onScan={does.scan}
          onGoOn={does.goOn}
        />
      }
      inspector={
        chosen ? (
          <UnitInspector
            key={chosen.number}
            line={line}
            row={chosen}
            above={above}
            below={
              <>
                {shown && <CertificateDetails certificate={shown} earlier={made?.earlier ?? []} />}
                <LiveRegisters line={line} unit={chosen.number} busy={busy} />
              </>
            }
          />
        ) : (
          <LineInspector
            line={line}
            link={link}
            above={above}
            quality={
              <LineQuality line={line} certificates={certificates} busy={busy} onCertify={does.certify} />
            }
          />
        )
      }
    >
      <div className={styles.bar}>
        <LineTabs lines={props.lines} chosen={line.id} onChoose={props.onChoose} onAdd={props.onAdd} />
        {!busy && <ScanRange range={range} onRange={setRange} />}
      </div>
      {link?.failure && <Failure failure={link.failure} />}
      {scan?.state === "failed" && scan.failure && !detected && <Failure failure={scan.failure} />}
      <JobProgress job={scan} label={words.progress} withoutCancel />
      <JobProgress job={detect} label={words.detect.progress} />
      <JobProgress job={certifying} label={words.certify.progress} />
      <div className={styles.columns}>
        <Section title={words.mapTitle} says={words.mapSays}>
          <UnitMap
            found={marks}
            from={scan?.detail.from ?? range.from}
            to={scan?.detail.to ?? range.to}
            asked={scan?.detail.asked ?? 0}
            asking={scanning}
            selected={unit}
            onSelect={setUnit}
          />
        </Section>
        {!isNarrow && <div className={styles.beside}>{beside}</div>}
      </div>
      <Section
        title={words.table}
        fills
        actions={
          <>
            {rows.length > 0 && (
              <Button size="small" kind="quiet" icon="copy" onClick={() => void copy()}>
                {words.copyUnits}
              </Button>
            )}
            {fresh.length > 0 && (
              <Button size="small" icon="plus" onClick={addAll}>
                {words.addAll(fresh.length)}
              </Button>
            )}
          </>
        }
      >
        <UnitsTable line={line} rows={rows} selected={unit} onSelect={setUnit} />
      </Section>
    </Step>
  );
}
