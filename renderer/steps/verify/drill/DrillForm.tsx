import type { CallInput } from "#contract/contract.ts";
import { NumberField, SelectField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./DrillStep.module.css";

export type DrillChoice = CallInput<"job.drill">;

/** Who cuts, how it looks to the gateway, and for how long. */
export function DrillForm(props: {
  readonly choice: DrillChoice;
  readonly signedIn: boolean;
  readonly onChange: (choice: DrillChoice) => void;
}) {
  const words = useWords().drill;
  const { choice, onChange, signedIn } = props;
  const { by, how } = choice;
  return (
    <fieldset className={styles.form} aria-label={words.settings}>
      <SelectField
        label={words.by}
        value={by}
        options={(["proxy", "hand"] as const).map((value) => ({ value, label: words.byOptions[value] }))}
        hint={by === "proxy" && !signedIn ? words.byHints.signIn : words.byHints[by]}
        onChange={(value) => onChange({ ...choice, by: value })}
      />
      <SelectField
        label={words.how}
        value={how}
        disabled={by === "hand"}
        options={(["reset", "silence"] as const).map((value) => ({
          value,
          label: words.howOptions[value],
        }))}
        hint={words.howHints[how]}
        onChange={(value) => onChange({ ...choice, how: value })}
      />
      <NumberField
        label={words.hold}
        value={choice.holdSeconds}
        min={2}
        max={7200}
        unit={words.seconds}
        onChange={(holdSeconds) => onChange({ ...choice, holdSeconds })}
      />
    </fieldset>
  );
}
