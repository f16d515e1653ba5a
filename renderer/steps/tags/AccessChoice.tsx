import { useId } from "react";
import type { Access } from "#domain/tag/tag.ts";
import styles from "./TagEditor.module.css";

/** What may be done with a tag: any of a few, as boxes to tick. */
export function AccessChoice(props: {
  readonly label: string;
  readonly options: readonly { readonly value: Access; readonly label: string }[];
  readonly chosen: readonly Access[];
  readonly onChange: (chosen: readonly Access[]) => void;
  readonly problem: string | undefined;
}) {
  const id = useId();
  const { chosen } = props;
  return (
    <fieldset className={styles.access} aria-describedby={props.problem === undefined ? undefined : id}>
      <legend>{props.label}</legend>
      <div className={styles.boxes}>
        {props.options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                props.onChange(
                  event.currentTarget.checked
                    ? [...chosen, value]
                    : chosen.filter((access) => access !== value),
                )
              }
            />
            {label}
          </label>
        ))}
      </div>
      {props.problem !== undefined && (
        <p id={id} className={styles.problem}>
          {props.problem}
        </p>
      )}
    </fieldset>
  );
}
