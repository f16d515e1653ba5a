import type { GatewayView } from "#contract/views.ts";
import { isActive, useAct, useNewestJob } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime } from "../../words/numbers.ts";
import styles from "./GatewayStep.module.css";

/** A change that was cut off, such as by a power cut: what it means, and the way back. */
export function Unfinished({ gateway }: { readonly gateway: GatewayView }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const act = useAct();
  const job = useNewestJob("apply");
  if (gateway.unfinishedSince === null) return null;
  return (
    <section className={styles.unfinished} aria-label={words.unfinished}>
      <p role="alert">
        <StateIcon state="bad" size={18} />
        <strong>{words.unfinishedSays(dayAndTime(language, gateway.unfinishedSince))}</strong>
      </p>
      <p className="dim">{words.unfinishedTry}</p>
      <span>
        <Button kind="primary" busy={isActive(job)} onClick={() => void act("job.rollback", {})}>
          {words.putBack}
        </Button>
      </span>
      <JobProgress job={job} label={words.putBack} />
      {job?.failure && job.state === "failed" && <Failure failure={job.failure} />}
    </section>
  );
}
