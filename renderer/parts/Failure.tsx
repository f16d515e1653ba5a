import type { FailureView } from "#contract/views.ts";
import { sayFailure } from "#contract/words/say.ts";
import { useLanguage, useWords } from "../words/language.ts";
import { StateIcon } from "./Chip.tsx";
import styles from "./Failure.module.css";

/** What went wrong and what to do. `plain` leaves the ground out, for use inside a row or a panel. */
export function Failure({
  failure,
  plain = false,
}: {
  readonly failure: FailureView;
  readonly plain?: boolean;
}) {
  const words = useWords();
  const said = sayFailure(useLanguage(), failure);
  const place = wherePlace(failure, words.parts.place);
  return (
    <div className={plain ? styles.plain : styles.failure} role={plain ? undefined : "alert"}>
      {!plain && <StateIcon state="bad" size={16} />}
      <p>
        {place && <span className={styles.place}>{place}: </span>}
        <strong>{said.says}</strong> <span className={styles.try}>{said.try}</span>
      </p>
    </div>
  );
}

/** All failures of a call, one under the other. */
export function Failures({ failures }: { readonly failures: readonly FailureView[] }) {
  return failures.map((failure) => <Failure key={JSON.stringify(failure)} failure={failure} />);
}

function wherePlace(
  failure: FailureView,
  words: {
    row: (row: number) => string;
    column: (column: string) => string;
    field: (field: string) => string;
  },
): string {
  const { row, column, field } = failure.at ?? {};
  return [
    row === undefined ? "" : words.row(row),
    column === undefined ? "" : words.column(column),
    field === undefined ? "" : words.field(field),
  ]
    .filter((part) => part !== "")
    .join(", ");
}
