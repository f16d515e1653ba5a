import type { ReactNode } from "react";
import type { JobView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { useAct } from "../client/hooks.ts";
import { useLanguage, useWords } from "../words/language.ts";
import { duration } from "../words/numbers.ts";
import { Button } from "./Button.tsx";
import styles from "./Progress.module.css";

/** What is being done now, how far, and how long it will take. */
export function Progress(props: {
  /** name for a screen reader */
  readonly label: string;
  readonly says: ReactNode;
  readonly done: number;
  /** 0: not known */
  readonly total: number;
  readonly leftMs: number | null;
  readonly onCancel?: () => void;
  readonly stopping?: boolean;
}) {
  const words = useWords();
  const language = useLanguage();
  const { done, total, leftMs } = props;
  const known = total > 0;
  return (
    <div className={styles.progress}>
      <div className={styles.text}>
        <span className={styles.says}>{props.says}</span>
        <span className={styles.amount}>
          {known && words.parts.ofTotal(String(done), String(total))}
          {leftMs !== null && ` · ${words.parts.left(duration(language, leftMs))}`}
        </span>
        {props.onCancel && (
          <Button size="small" kind="quiet" disabled={props.stopping ?? false} onClick={props.onCancel}>
            {props.stopping ? words.parts.stopping : words.parts.cancel}
          </Button>
        )}
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={known ? total : undefined}
        aria-valuenow={known ? done : undefined}
      >
        <i
          className={known ? styles.bar : styles.moving}
          style={known ? { transform: `scaleX(${Math.min(1, done / total)})` } : undefined}
        />
      </div>
    </div>
  );
}

/** The progress of a running job; nothing once it has ended. */
export function JobProgress(props: {
  readonly job: JobView | undefined;
  readonly label: string;
  /** leave Cancel out where the step's head already has Stop */
  readonly withoutCancel?: boolean;
}) {
  const act = useAct();
  const words = useWords();
  const language = useLanguage();
  const { job } = props;
  if (!job || (job.state !== "running" && job.state !== "stopping")) return null;
  const stopping = job.state === "stopping";
  const says = stopping || !job.doing ? words.parts.stopping : sayPhrase(language, job.doing);
  return (
    <Progress
      label={props.label}
      says={job.doing || stopping ? says : ""}
      done={job.done}
      total={job.total}
      leftMs={job.leftMs}
      stopping={stopping}
      {...(!props.withoutCancel && { onCancel: () => void act("job.cancel", { jobId: job.key }) })}
    />
  );
}
