import type { StageView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { useLanguage, useWords } from "../words/language.ts";
import { duration } from "../words/numbers.ts";
import { type State, StateIcon } from "./Chip.tsx";
import { Failure } from "./Failure.tsx";
import styles from "./Stages.module.css";

const states: Readonly<Record<StageView["state"], State>> = {
  waiting: "idle",
  busy: "busy",
  good: "ok",
  warn: "warn",
  bad: "bad",
  skipped: "idle",
};

/** Stages of a check in their order: state, how long, what was found; a failed one says the cause and what to do. */
export function Stages({ label, stages }: { readonly label: string; readonly stages: readonly StageView[] }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <ol className={styles.stages} aria-label={label}>
      {stages.map((stage) => (
        <li key={stage.key} className={stage.state === "waiting" ? styles.waiting : undefined}>
          <StateIcon state={states[stage.state]} size={16} />
          <div className={styles.body}>
            <div className={styles.line}>
              <span className={styles.name}>{sayPhrase(language, stage.says)}</span>
              {stage.found && <span className={styles.found}>{sayPhrase(language, stage.found)}</span>}
              {stage.state === "skipped" && (
                <span className={styles.found}>{words.parts.stageStates.skipped}</span>
              )}
              <span className="unseen">{words.parts.stageStates[stage.state]}</span>
              {stage.ms !== null && <span className={styles.time}>{duration(language, stage.ms)}</span>}
            </div>
            {stage.notes?.map((note) => (
              <p key={note.code} className={styles.note}>
                {sayPhrase(language, note)}
              </p>
            ))}
            {stage.failure && (
              <div className={stage.state === "warn" ? styles.warned : undefined}>
                <Failure failure={stage.failure} plain />
              </div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
