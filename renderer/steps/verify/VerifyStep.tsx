import { useEffect, useMemo, useState } from "react";
import { isActive, useAct, useItem, useItems, useNewestJob } from "../../client/hooks.ts";
import { useLastMinute } from "../../client/useLastMinute.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { FilterBox, Toolbar } from "../../parts/Toolbar.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { CoverageBar } from "./CoverageBar.tsx";
import { DrillStep } from "./drill/DrillStep.tsx";
import { Segments } from "./Segments.tsx";
import { VerifyInspector } from "./VerifyInspector.tsx";
import { VerifyTable } from "./VerifyTable.tsx";
import { coverageOf, filterVerify, type VerifyFilter, verifyRows } from "./verifyRows.ts";

/** The proof: the same value on the wire, in the gateway and in the cloud, tag by tag. */
export function VerifyStep() {
  const { verify: words, drill } = useWords();
  const language = useLanguage();
  const act = useAct();
  const site = useItem("site", "site");
  const tags = useItems("tags");
  const proofs = useItems("verify");
  const job = useNewestJob("verify");
  const minute = useLastMinute();
  const drilled = useNewestJob("drill");
  const isDrilled = isActive(drilled);
  const [drilling, setDrilling] = useState(isDrilled);
  // After a reload the jobs come later than the page.
  useEffect(() => {
    if (isDrilled) setDrilling(true);
  }, [isDrilled]);
  const [filter, setFilter] = useState<VerifyFilter>("all");
  const [text, setText] = useState("");
  const [selected, select] = useState<string>();

  const rows = useMemo(
    () => verifyRows(tags, new Map(proofs.map((proof) => [proof.key, proof]))),
    [tags, proofs],
  );
  const coverage = useMemo(() => coverageOf(rows), [rows]);
  const shown = useMemo(() => filterVerify(rows, filter, text), [rows, filter, text]);
  const running = isActive(job);
  const chosen = rows.find((row) => row.key === selected);
  const prove = () => void act("job.verify", {});

  if (!site || tags.length === 0) {
    return (
      <Step head={<StepHead title={words.title} says={words.purpose} />}>
        <EmptyState icon={site ? "check" : "file"} says={site ? words.emptySays : words.noSite}>
          <Button kind="primary" onClick={() => goTo(site ? "tags" : "site")}>
            {site ? words.goToTags : words.goToSite}
          </Button>
        </EmptyState>
      </Step>
    );
  }

  if (drilling) return <DrillStep onBack={() => setDrilling(false)} />;

  const count = (value: number) => number(language, value);
  const empty = text !== "" ? words.noMatch : filter === "bad" ? words.noneBad : words.noneWaiting;
  return (
    <Step
      head={
        <StepHead title={words.title} says={words.purpose}>
          <Button icon="cloud" onClick={() => setDrilling(true)}>
            {drill.open}
          </Button>
          <Button kind="primary" icon="play" disabled={running} onClick={prove}>
            {proofs.length === 0 ? words.proveAll : words.proveAgain}
          </Button>
        </StepHead>
      }
      inspector={chosen && <VerifyInspector row={chosen} busy={running} onRetest={prove} />}
    >
      <CoverageBar coverage={coverage} />
      <JobProgress job={job} label={words.running} />
      {job?.failure && !running && <Failure failure={job.failure} />}
      <Toolbar label={words.show}>
        <Segments
          label={words.show}
          name="verify-show"
          value={filter}
          options={[
            { value: "all", label: words.filters.all(count(coverage.total)) },
            { value: "bad", label: words.filters.bad(count(coverage.bad)) },
            { value: "waiting", label: words.filters.waiting(count(coverage.waiting)) },
          ]}
          onChange={setFilter}
        />
        <FilterBox label={words.filter} value={text} onChange={setText} />
        {job?.state === "cancelled" && <span className="dim">{words.cancelled}</span>}
      </Toolbar>
      <VerifyTable rows={shown} selected={selected} onSelect={select} minute={minute} empty={empty} />
    </Step>
  );
}
