import { useId } from "react";
import { Choice } from "../../parts/Toolbar.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./ImportAsk.module.css";
import { NumberBox } from "./NumberBox.tsx";
import type { ImportChoice, ImportPreview } from "./useImport.ts";

type Ask = ImportPreview["problems"][number];

/** What the file leaves to a person: each once, whichever row needed it first. */
export function asksIn({ problems }: ImportPreview): readonly Ask[] {
  return problems.filter(({ code }) => code === "table.choiceMissing" || code === "tag.scaleDynamic");
}

/** The questions that no reading of the file answers, where their answers are given. */
export function ImportAsk(props: {
  readonly asks: readonly Ask[];
  readonly choice: ImportChoice;
  readonly onChoice: (choice: ImportChoice) => void;
}) {
  const words = useWords().tagWork.ask;
  const { tags } = useWords();
  const { choice, onChoice } = props;
  const { areas } = tags.import.mapping;
  const title = useId();
  const asked = new Set(props.asks.map(({ facts }) => String(facts.what ?? "")));
  const factors = [...new Set(props.asks.flatMap(({ facts }) => (facts.by ? [String(facts.by)] : [])))];
  return (
    <section className={styles.ask} aria-labelledby={title}>
      <h3 id={title}>
        {words.title} <span>{words.says}</span>
      </h3>
      <div className={styles.fields}>
        {asked.has("unit") && (
          <span className={styles.field}>
            {words.unit}
            <NumberBox
              label={words.unit}
              value={choice.unitNumber}
              from={1}
              to={247}
              onNumber={(unitNumber) => unitNumber !== undefined && onChoice({ ...choice, unitNumber })}
            />
          </span>
        )}
        {asked.has("start") && (
          <span className={styles.field}>
            {words.start}
            <NumberBox
              label={words.start}
              value={choice.start}
              from={0}
              to={65_535}
              onNumber={(start) => start !== undefined && onChoice({ ...choice, start })}
            />
          </span>
        )}
        {asked.has("area") && (
          <span className={styles.field}>
            {words.area}
            <Choice
              label={words.area}
              value=""
              options={[
                { value: "", label: words.choose },
                ...(["holding", "input", "discrete", "coil"] as const).map((value) => ({
                  value,
                  label: areas[value],
                })),
              ]}
              onChange={(area) => area !== "" && onChoice({ ...choice, area })}
            />
          </span>
        )}
        {asked.has("base") && (
          <span className={styles.field}>
            {words.base}
            <Choice
              label={words.base}
              value=""
              options={[
                { value: "", label: words.choose },
                { value: "1", label: words.bases["1"] },
                { value: "0", label: words.bases["0"] },
              ]}
              onChange={(base) => base !== "" && onChoice({ ...choice, base: base === "1" ? 1 : 0 })}
            />
          </span>
        )}
        {factors.length > 0 && (
          <span className={styles.field}>
            {words.factors}
            {factors.map((name) => (
              <span className={styles.field} key={name}>
                <span className="mono">{name}</span>
                <NumberBox
                  label={name}
                  value={choice.factors?.[name]}
                  from={-10}
                  to={10}
                  onNumber={(power) =>
                    power !== undefined &&
                    onChoice({ ...choice, factors: { ...choice.factors, [name]: power } })
                  }
                />
              </span>
            ))}
          </span>
        )}
      </div>
    </section>
  );
}
