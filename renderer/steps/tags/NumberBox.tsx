import { useState } from "react";
import styles from "./ImportColumns.module.css";

/** A small field for a whole number from `from` to `to`; what is no such number is not said. Taken when it is left. */
export function NumberBox(props: {
  readonly value: number | undefined;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly onNumber: (value: number | undefined) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? String(props.value ?? "");
  const value = /^-?\d+$/.test(text) ? Number(text) : undefined;
  const isRight = text === "" || (value !== undefined && value >= props.from && value <= props.to);

  function take(): void {
    setTyped(undefined);
    if (isRight && value !== props.value) props.onNumber(value);
  }

  return (
    <input
      className={styles.number}
      inputMode="numeric"
      aria-label={props.label}
      aria-invalid={!isRight || undefined}
      placeholder="–"
      value={text}
      onChange={(event) => setTyped(event.currentTarget.value.trim())}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}
