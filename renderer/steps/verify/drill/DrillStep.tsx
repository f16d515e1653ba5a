import { useState } from "react";
import { isActive, useAct, useItem, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Step, StepHead } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import { type DrillChoice, DrillForm } from "./DrillForm.tsx";
import { DrillOutcome } from "./DrillOutcome.tsx";
import styles from "./DrillStep.module.css";
import { DrillTimeline } from "./DrillTimeline.tsx";

/** The outage drill: how to cut, the timeline while it runs, and what every tag lost. */
export function DrillStep({ onBack }: { readonly onBack: () => void }) {
  const words = useWords().drill;
  const language = useLanguage();
  const act = useAct();
  const signedIn = useItem("gateway", "gateway") !== undefined;
  const job = useNewestJob("drill");
  const [choice, setChoice] = useState<DrillChoice>(() =>
    job
      ? { by: job.detail.by, how: job.detail.how, holdSeconds: job.detail.holdSeconds }
      : { by: signedIn ? "proxy" : "hand", how: "reset", holdSeconds: 30 },
  );
  const running = isActive(job);
  const possible = choice.by === "hand" || signedIn;
  const detail = job?.detail;

  return (
    <Step
      head={
        <StepHead title={words.title} says={words.purpose}>
          <Button icon="left" onClick={onBack}>
            {words.back}
          </Button>
          <Button
            kind="primary"
            icon="play"
            disabled={running || !possible}
            onClick={() => void act("job.drill", choice)}
          >
            {job ? words.again : words.start}
          </Button>
        </StepHead>
      }
    >
      {!running && <DrillForm choice={choice} signedIn={signedIn} onChange={setChoice} />}
      {running && (detail?.phase === "pull" || detail?.phase === "plug") ? (
        <div className={styles.ask}>
          <JobProgress job={job} label={words.running} />
        </div>
      ) : (
        <JobProgress job={job} label={words.running} />
      )}
      {job?.failure && !running && <Failure failure={job.failure} />}
      {job?.state === "cancelled" && <p className="dim">{words.cancelled}</p>}
      {!job && <p className="dim">{words.empty}</p>}
      {detail?.timeline && (
        <DrillTimeline timeline={detail.timeline} cutAt={detail.cutAt} restoredAt={detail.restoredAt} />
      )}
      {running && detail && (
        <p className={styles.soFar}>
          {words.soFar(number(language, detail.arrived), number(language, detail.late))}
        </p>
      )}
      {detail?.outcome && <DrillOutcome outcome={detail.outcome} />}
    </Step>
  );
}
