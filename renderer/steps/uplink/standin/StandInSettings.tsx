import type { StandInChoice } from "#contract/standInViews.ts";
import { NumberField, SelectField, TextAreaField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./StandIn.module.css";
import { type PayloadChoice, payloadOf, withPayload } from "./standInModel.ts";

const payloads: readonly PayloadChoice[] = ["site", "values", "tags", "ecp", "custom"];

/** What the queue may hold, what gives way in it, how fast it is replayed, and the payload. */
export function StandInSettings(props: {
  readonly choice: StandInChoice;
  readonly disabled: boolean;
  readonly onChoice: (choice: StandInChoice) => void;
}) {
  const words = useWords().standin;
  const { choice, disabled, onChoice } = props;

  function number(field: "maxMegabytes" | "maxAgeHours" | "replayPerSecond", max: number, unit?: string) {
    return (
      <NumberField
        label={words.fields[field]}
        value={choice[field]}
        min={1}
        max={max}
        {...(unit !== undefined && { unit })}
        disabled={disabled}
        onChange={(value) => onChoice({ ...choice, [field]: value })}
      />
    );
  }

  return (
    <fieldset className={styles.settings} aria-label={words.settings}>
      <div className={styles.fields}>
        {number("maxMegabytes", 10_240, "MB")}
        {number("maxAgeHours", 8760, words.hours)}
        <SelectField
          label={words.fields.givesWay}
          value={choice.givesWay}
          options={(["oldest", "newest"] as const).map((value) => ({ value, label: words.givesWay[value] }))}
          disabled={disabled}
          onChange={(givesWay) => onChoice({ ...choice, givesWay })}
        />
        {number("replayPerSecond", 100_000)}
        <SelectField
          label={words.fields.format}
          value={payloadOf(choice)}
          options={payloads.map((value) => ({ value, label: words.formats[value] }))}
          disabled={disabled}
          onChange={(payload) => onChoice(withPayload(choice, payload))}
        />
      </div>
      {choice.format === "custom" && (
        <TextAreaField
          label={words.fields.schema}
          value={choice.schema}
          hint={words.schemaHint}
          disabled={disabled}
          mono
          onChange={(schema) => onChoice({ ...choice, schema })}
        />
      )}
      <p className={styles.note}>{words.sentAt}</p>
    </fieldset>
  );
}
