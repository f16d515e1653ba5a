import type { DrillDetail } from "#contract/drillViews.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { StateIcon } from "../../../parts/Chip.tsx";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { duration, number } from "../../../words/numbers.ts";
import styles from "./DrillOutcome.module.css";

type Outcome = NonNullable<DrillDetail["outcome"]>;
type TagRow = Outcome["tags"][number];

/** How the drill ended: the sentence, the figures, why and what to do, and every tag. */
export function DrillOutcome({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords().drill;
  const language = useLanguage();
  const lost = outcome.lost ?? 0;
  const says = lost === 0 ? words.good : lost === 1 ? words.badOne : words.bad(number(language, lost));
  const figures = [
    [words.figures.expected, outcome.expected ?? 0],
    [words.figures.arrived, outcome.arrived],
    [words.figures.lost, lost],
    [words.figures.duplicated, outcome.duplicated],
    [words.figures.reordered, outcome.reordered],
    [words.figures.late, outcome.late],
  ] as const;
  return (
    <>
      <div className={styles.head}>
        <p className={styles.says} role="status">
          <StateIcon state={lost === 0 ? "ok" : "bad"} size={18} />
          <strong className={lost === 0 ? "ok" : "bad"}>{says}</strong>
        </p>
        <dl className={styles.figures}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{number(language, value)}</dd>
            </div>
          ))}
          {outcome.late > 0 && (
            <div>
              <dt>{words.figures.longest}</dt>
              <dd>{duration(language, outcome.longestLateMs)}</dd>
            </div>
          )}
        </dl>
      </div>
      {outcome.findings.length > 0 && (
        <Section title={words.findings}>
          <ul className={styles.findings}>
            {outcome.findings.map(({ says: finding, advice, lost: count }) => (
              <li key={finding.code}>
                <StateIcon state={count > 0 ? "bad" : advice ? "warn" : "idle"} />
                <div>
                  <p>{sayPhrase(language, finding)}</p>
                  {advice && <p className="dim">{sayPhrase(language, advice)}</p>}
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Tags tags={outcome.tags} />
    </>
  );
}

function Tags({ tags }: { readonly tags: readonly TagRow[] }) {
  const words = useWords().drill;
  const language = useLanguage();
  const count = (value: number) => number(language, value);
  const unknown = <span title={words.notCounted}>?</span>;
  const columns: readonly Column<TagRow>[] = [
    { key: "tag", title: words.columns.tag, width: "minmax(160px, 1.6fr)", cell: (row) => row.key },
    ...(
      [
        ["expected", 2],
        ["arrived", 0],
        ["lost", 0],
        ["duplicated", 1],
        ["reordered", 3],
        ["late", 0],
      ] as const
    ).map(
      ([key, yields]): Column<TagRow> => ({
        key,
        title: words.columns[key],
        width: key === "reordered" ? "minmax(112px, 0.6fr)" : "minmax(76px, 0.5fr)",
        align: "right",
        yields,
        cell: (row) => {
          const value = row[key];
          return value === null ? unknown : count(value);
        },
      }),
    ),
    {
      key: "longest",
      title: words.columns.longest,
      width: "minmax(72px, 0.4fr)",
      align: "right",
      yields: 4,
      cell: (row) => (row.late > 0 ? duration(language, row.longestLateMs) : ""),
    },
    {
      key: "cause",
      title: words.columns.cause,
      width: "minmax(130px, 0.9fr)",
      cell: (row) => row.causes.map(({ cause }) => words.causes[cause]).join(", "),
    },
  ];
  // The gravest first; among equals the site's own order.
  const rows = [...tags].sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
  return (
    <DataTable
      label={words.table}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.key}
      rowState={(row) => ((row.lost ?? 0) > 0 ? "bad" : "plain")}
    />
  );
}
