import { Button } from "../../parts/Button.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./PickedTags.module.css";

/** Over the foot of the table while several tags are selected: what can be done with them. */
export function PickedTags(props: {
  readonly count: number;
  /** the selection is of cells, which can be filled */
  readonly canFill: boolean;
  readonly onFill: (how: "same" | "series") => void;
  readonly onRepeat: () => void;
  readonly onRemove: () => void;
  readonly onTickAll: () => void;
  readonly onClear: () => void;
}) {
  const words = useWords().tags;
  const language = useLanguage();
  if (props.count < 2) return null;
  return (
    <div role="toolbar" aria-label={words.selected(number(language, props.count))} className={styles.picked}>
      <strong className={styles.count}>{words.selected(number(language, props.count))}</strong>
      {props.canFill && (
        <>
          <Button size="small" hint={words.fillDownHint} onClick={() => props.onFill("same")}>
            {words.fillDown}
          </Button>
          <Button size="small" hint={words.fillSeriesHint} onClick={() => props.onFill("series")}>
            {words.fillSeries}
          </Button>
        </>
      )}
      <Button size="small" hint={words.repeatHint} onClick={props.onRepeat}>
        {words.repeat}
      </Button>
      <Button kind="danger" size="small" icon="trash" onClick={props.onRemove}>
        {words.remove(props.count)}
      </Button>
      <Button kind="quiet" size="small" onClick={props.onTickAll}>
        {words.selectAll}
      </Button>
      <Button kind="quiet" size="small" onClick={props.onClear}>
        {words.clearSelection}
      </Button>
    </div>
  );
}
