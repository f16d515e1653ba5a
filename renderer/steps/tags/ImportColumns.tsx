import { type Column, columns } from "#domain/tag/columns.ts";
import { Choice } from "../../parts/Toolbar.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./ImportColumns.module.css";
import type { ImportChoice, ImportPreview } from "./useImport.ts";

/** The file's columns beside what each was taken for, with samples; a wrong guess is corrected here. */
export function ImportColumns(props: {
  readonly header: NonNullable<ImportPreview["header"]>;
  readonly choice: ImportChoice;
  readonly onChoice: (choice: ImportChoice) => void;
}) {
  const words = useWords().tags.import.mapping;
  const { header, choice } = props;
  const options = [
    { value: "", label: words.unread },
    ...columns.map((column) => ({ value: column, label: words.columns[column] })),
  ];

  function choose(title: string, before: Column | null, next: string): void {
    const chosen = Object.fromEntries(
      Object.entries(choice.columns ?? {}).filter(([, other]) => other !== title),
    );
    // A column that was guessed from this title is left out, or it would be guessed again.
    if (before !== null) chosen[before] = "";
    if (next !== "") chosen[next] = title;
    props.onChoice({ ...choice, columns: chosen as NonNullable<ImportChoice["columns"]> });
  }

  return (
    <section className={styles.columns} aria-label={words.title}>
      {header.columns
        .filter(({ title }) => title.trim() !== "")
        .map(({ title, column, samples }) => (
          <div key={title} className={column === null ? styles.unread : styles.column}>
            <strong title={title}>{title}</strong>
            <Choice
              label={words.takenFor(title)}
              value={column ?? ""}
              options={options}
              onChange={(next) => choose(title, column, next)}
            />
            <span className={styles.samples}>{samples.filter((text) => text !== "").join(" · ")}</span>
          </div>
        ))}
    </section>
  );
}
