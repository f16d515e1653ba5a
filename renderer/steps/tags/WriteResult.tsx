import { isActive } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Stages } from "../../parts/Stages.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./WritePart.module.css";
import { restoreOf, type WriteJob } from "./writeJobs.ts";

/** What came of a write, stage by stage, and the way back to what was there. */
export function WriteResult(props: {
  readonly job: WriteJob;
  /** engineering unit of the values */
  readonly unit: string;
  readonly isBusy: boolean;
  readonly onPutBack: (value: string) => void;
}) {
  const words = useWords().tags.write;
  const { job } = props;
  const { stages, before, after, value } = job.detail;
  const restore = restoreOf(job);
  const isToldAtStage = stages.some((stage) => stage.failure !== null);
  return (
    <div className={styles.result} role="status">
      {stages.length > 0 && <Stages label={words.stages} stages={stages} />}
      {job.failure && !isToldAtStage && <Failure failure={job.failure} plain />}
      {job.state === "done" && job.good && after !== null && (
        <p className={styles.kept}>
          <StateIcon state="ok" />
          {words.kept(`${after} ${props.unit}`.trim())}
        </p>
      )}
      {job.state === "interrupted" && (
        <p className={styles.kept}>
          <StateIcon state={before === null ? "idle" : "warn"} />
          {before === null ? words.noBefore : words.interrupted(value)}
        </p>
      )}
      {job.state === "cancelled" && after === null && <p>{words.cancelled}</p>}
      {restore !== undefined && !isActive(job) && (
        <Button icon="undo" disabled={props.isBusy} onClick={() => props.onPutBack(restore)}>
          {words.putBack(short(`${restore} ${props.unit}`.trim()))}
        </Button>
      )}
    </div>
  );
}

function short(value: string): string {
  return value.length > 24 ? `${value.slice(0, 23)}…` : value;
}
