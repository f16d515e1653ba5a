import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import { Chip, StateIcon } from "../../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";

const states = { notHeld: "idle", open: "bad", conditional: "warn", accepted: "ok" } as const;

/** Grade, how much is judged, and what keeps the grade down. */
export function Standing({ view }: { readonly view: AcceptanceView }) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const { grade, coverage, reasons } = view.standing;
  const share = `${number(language, Math.floor(coverage * 100))} %`;
  return (
    <div className={styles.standing}>
      <p className={styles.grade} role="status">
        <StateIcon state={states[grade]} size={18} />
        <strong>{words.grades[grade]}</strong>
      </p>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={words.coverage(share)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(coverage * 100)}
      >
        <i style={{ transform: `scaleX(${coverage})` }} />
      </div>
      <span className={styles.share}>{words.coverage(share)}</span>
      <div className={styles.reasons}>
        {reasons.map(({ reason, count }) => (
          <Chip key={reason} state={reason.startsWith("minor") || reason === "tagsDeferred" ? "warn" : "bad"}>
            {words.reasons[reason](number(language, count))}
          </Chip>
        ))}
      </div>
    </div>
  );
}
