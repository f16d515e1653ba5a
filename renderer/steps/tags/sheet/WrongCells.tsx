import { problemView } from "#contract/failure.ts";
import { sayFailure } from "#contract/words/say.ts";
import { Button } from "../../../parts/Button.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import type { WrongCell } from "./cellEdits.ts";
import styles from "./WrongCells.module.css";

/** One line above the sheet while texts in it could not be taken: how many, where, and letting go of them. */
export function WrongCells(props: {
  readonly count: number;
  /** the one under the cursor, else the first */
  readonly cell: WrongCell | undefined;
  readonly onNext: () => void;
  readonly onForget: () => void;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  if (!props.cell) return null;
  const said = sayFailure(language, problemView(props.cell.problem));
  return (
    <p className={styles.line} role="status">
      <span className="bad">
        <Icon name="warn" size={13} /> {words.wrongCells(props.count)}
      </span>
      <span className={styles.why} title={said.try}>
        {said.says}
      </span>
      {props.count > 1 && (
        <Button size="small" onClick={props.onNext}>
          {words.nextWrong}
        </Button>
      )}
      <Button kind="quiet" size="small" onClick={props.onForget}>
        {words.forgetWrong}
      </Button>
    </p>
  );
}
