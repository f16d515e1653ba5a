import { useState } from "react";
import { type AdvicePath, advicePaths } from "#contract/adviceViews.ts";
import { isActive, useAct, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { NumberField, SelectField } from "../../../parts/Fields.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Advice.module.css";
import { AdviceFound } from "./AdviceFound.tsx";
import { Silences } from "./Silences.tsx";

/** Which keep-alive the path needs: asked for here, found by trying, with what a day costs. */
export function Advice() {
  const words = useWords().advice;
  const language = useLanguage();
  const act = useAct();
  const job = useNewestJob("advice");
  const [path, setPath] = useState<AdvicePath>(job?.detail.path ?? "own");
  const [upToSeconds, setUpTo] = useState(120);
  const [latestSeconds, setLatest] = useState(0);
  const running = isActive(job);
  return (
    <Section title={words.title} says={words.says}>
      <div className={styles.advice}>
        <div className={styles.form}>
          <SelectField
            label={words.path}
            value={path}
            options={advicePaths.map((value) => ({ value, label: words.paths[value] }))}
            onChange={setPath}
          />
          <NumberField
            label={words.upTo}
            value={upToSeconds}
            min={15}
            max={3600}
            unit={words.seconds}
            disabled={path !== "own"}
            onChange={setUpTo}
          />
          <NumberField
            label={words.late}
            value={latestSeconds}
            min={0}
            max={3600}
            unit={words.seconds}
            onChange={setLatest}
          />
          <Button
            icon="play"
            disabled={running}
            onClick={() => void act("job.advice", { path, upToSeconds, latestSeconds })}
          >
            {words.find}
          </Button>
        </div>
        <JobProgress job={job} label={words.running} />
        {job?.failure && !running && <Failure failure={job.failure} />}
        {job && job.state !== "failed" && <Silences silences={job.detail.silences} />}
        {job && job.detail.factor !== 1 && job.state !== "failed" && (
          <p className={styles.small}>{words.factor(number(language, job.detail.factor))}</p>
        )}
        {job?.detail.advice && <AdviceFound advice={job.detail.advice} />}
      </div>
    </Section>
  );
}
