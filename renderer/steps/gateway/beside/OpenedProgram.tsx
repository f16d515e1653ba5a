import { useEffect, useState } from "react";
import type { ProgramView } from "#contract/gatewayViews.ts";
import type { SiteView } from "#contract/views.ts";
import { isActive, useAct, useAnswer, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Chip, StateIcon } from "../../../parts/Chip.tsx";
import { Failure, Failures } from "../../../parts/Failure.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Stages } from "../../../parts/Stages.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { dayAndTime } from "../../../words/numbers.ts";
import styles from "./Beside.module.css";
import { BridgePlan } from "./BridgePlan.tsx";
import { ConfirmProgram } from "./ConfirmProgram.tsx";
import { ItemsTable } from "./ItemsTable.tsx";
import { ProgramDiff } from "./ProgramDiff.tsx";
import { RulesPlan } from "./RulesPlan.tsx";

/** What runs in the program, what the site wants there, how the two differ, and applying it. */
export function OpenedProgram({
  view,
  head,
}: {
  readonly view: ProgramView;
  readonly head: SiteView["head"];
}) {
  const words = useWords().beside;
  const language = useLanguage();
  const act = useAct();
  const program = view.key;
  const newest = useNewestJob("program");
  const job = newest?.detail.program === program ? newest : undefined;
  const [confirming, setConfirming] = useState(false);
  const planned = (program === "nanomq" ? head.bridge : head.rules) !== undefined;
  const asked = planned && view.differences !== 0;
  const diff = useAnswer("program.diff", asked ? { program } : undefined);
  const { again } = diff;
  const wantedNow = JSON.stringify(program === "nanomq" ? head.bridge : head.rules);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the site or what runs there has changed
  useEffect(() => again(), [again, wantedNow, view.digest]);
  const run = (action: "apply" | "rollback") => void act("job.program", { program, action });
  return (
    <div className={styles.opened}>
      {(view.defaultPassword || !view.fileKnown) && (
        <p className={styles.chips}>
          {view.defaultPassword && <Chip state="warn">{words.factoryPassword}</Chip>}
          {!view.fileKnown && <Chip state="warn">{words.fileMissing}</Chip>}
        </p>
      )}
      {view.unfinishedSince !== null && (
        <div className={styles.unfinished}>
          <p role="alert">
            <StateIcon state="bad" size={16} />
            <strong>{words.unfinished(dayAndTime(language, view.unfinishedSince))}</strong>
          </p>
          <p className="dim">{words.unfinishedTry}</p>
          <span>
            <Button icon="undo" busy={isActive(newest)} onClick={() => run("rollback")}>
              {words.putBack}
            </Button>
          </span>
        </div>
      )}
      <ItemsTable view={view} />
      {program === "nanomq" ? <BridgePlan view={view} head={head} /> : <RulesPlan view={view} head={head} />}
      {planned && view.differences === 0 && <Chip state="ok">{words.equal}</Chip>}
      {asked && <Failures failures={diff.failures} />}
      {asked && diff.answer && <Failures failures={diff.answer.problems} />}
      {asked && diff.answer && diff.answer.rows.length > 0 && <ProgramDiff diff={diff.answer} />}
      <JobProgress job={job} label={words.applying(words.program[program])} />
      {job && job.detail.stages.length > 0 && (
        <Stages label={words.applying(words.program[program])} stages={job.detail.stages} />
      )}
      {job?.state === "failed" && job.failure && <Failure failure={job.failure} />}
      <div className={styles.buttons}>
        {planned && (
          <Button
            icon="upload"
            busy={isActive(newest)}
            disabled={!diff.answer || diff.answer.rows.length === 0 || view.unfinishedSince !== null}
            onClick={() => setConfirming(true)}
          >
            {words.apply}
          </Button>
        )}
        {planned && (
          <Button kind="quiet" icon="refresh" busy={diff.asking} onClick={diff.again}>
            {diff.asking ? words.comparing : words.compare}
          </Button>
        )}
        {view.unfinishedSince === null && view.items.some((item) => item.own) && (
          <Button kind="quiet" icon="undo" busy={isActive(newest)} onClick={() => run("rollback")}>
            {words.putBack}
          </Button>
        )}
      </div>
      {diff.answer && (
        <ConfirmProgram
          opened={confirming}
          program={program}
          url={view.url}
          diff={diff.answer}
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            run("apply");
          }}
        />
      )}
    </div>
  );
}
