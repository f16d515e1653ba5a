import type { AdviceDetail } from "#contract/adviceViews.ts";
import { StateIcon } from "../../../parts/Chip.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Advice.module.css";

/** Each silence that is tried: it survives, it ends, or it is being tried. */
export function Silences({ silences }: { readonly silences: AdviceDetail["silences"] }) {
  const words = useWords().advice;
  const icons = { waiting: "busy", alive: "ok", dead: "bad" } as const;
  return (
    <ul className={styles.silences} aria-label={words.silences}>
      {silences.map(({ seconds, state }) => (
        <li key={seconds} data-state={state} title={words.silence(seconds, words.states[state])}>
          <StateIcon state={icons[state]} size={11} />
          <span>{seconds}</span>
          <span className="unseen">{words.states[state]}</span>
        </li>
      ))}
      <li className={styles.unit}>{words.seconds}</li>
    </ul>
  );
}
