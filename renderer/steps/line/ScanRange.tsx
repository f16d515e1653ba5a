import { useWords } from "../../words/language.ts";
import styles from "./ScanRange.module.css";

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Which unit numbers a scan asks. */
export function ScanRange({
  range,
  onRange,
}: {
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}) {
  const words = useWords().line;
  return (
    <fieldset className={styles.range}>
      <legend className="unseen">{words.range}</legend>
      <span aria-hidden="true">{words.range}</span>
      <UnitNumber
        label={words.from}
        value={range.from}
        onValue={(from) => onRange({ from, to: Math.max(from, range.to) })}
      />
      <span aria-hidden="true">–</span>
      <UnitNumber
        label={words.to}
        value={range.to}
        onValue={(to) => onRange({ to, from: Math.min(to, range.from) })}
      />
    </fieldset>
  );
}

function UnitNumber(props: {
  readonly label: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  return (
    <input
      // The text is the person's until it is left; a half typed number must not be corrected under the fingers.
      key={props.value}
      type="text"
      inputMode="numeric"
      aria-label={props.label}
      defaultValue={props.value}
      onBlur={(event) => {
        const value = Number(event.currentTarget.value);
        if (Number.isInteger(value) && value >= 1 && value <= 247) props.onValue(value);
        else event.currentTarget.value = String(props.value);
      }}
    />
  );
}
