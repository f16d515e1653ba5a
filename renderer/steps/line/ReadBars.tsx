import type { ReadBar } from "./qualityRows.ts";
import styles from "./ReadBars.module.css";

/** Good reads against bad and silent ones, one bar a length or a pause; the figures stand beside. */
export function ReadBars(props: {
  readonly title: string;
  readonly bars: readonly ReadBar[];
  /** what stands before a bar: `125`, `20 ms` */
  readonly name: (at: number) => string;
  /** the whole bar in words, for its tooltip and a screen reader */
  readonly says: (bar: ReadBar) => string;
}) {
  return (
    <section className={styles.bars} aria-label={props.title}>
      <h3>{props.title}</h3>
      <ul>
        {props.bars.map((bar) => (
          <li key={bar.at} title={props.says(bar)}>
            <span className={styles.name}>{props.name(bar.at)}</span>
            <span className={styles.track} aria-hidden="true">
              {(["good", "refused", "silent", "bad"] as const).map((part) =>
                bar[part] === 0 ? null : (
                  <i key={part} className={styles[part]} style={{ flexGrow: bar[part] }} />
                ),
              )}
            </span>
            <span className={styles.count} aria-hidden="true">
              {bar.asked === 0 ? "–" : `${bar.good + bar.refused}/${bar.asked}`}
            </span>
            <span className="unseen">{props.says(bar)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
