import { Dot } from "../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./CoverageBar.module.css";
import type { Coverage } from "./verifyRows.ts";

/** How much is proved: a big number, and one bar of what is the same, what differs and what is waiting. */
export function CoverageBar({ coverage }: { readonly coverage: Coverage }) {
  const words = useWords().verify;
  const language = useLanguage();
  const { total, same, bad, waiting } = coverage;
  const count = (value: number) => number(language, value);
  const label = [
    words.counts.same(count(same)),
    words.counts.bad(count(bad)),
    words.counts.waiting(count(waiting)),
  ];
  return (
    <div className={styles.coverage}>
      <p className={styles.figure}>
        <strong>{count(same)}</strong> {words.proved(count(total))}
      </p>
      <div className={styles.right}>
        <div className={styles.bar} role="img" aria-label={`${words.coverage}: ${label.join(", ")}`}>
          <i className={styles.same} style={{ flexGrow: same }} />
          <i className={styles.bad} style={{ flexGrow: bad }} />
          <i className={styles.waiting} style={{ flexGrow: waiting }} />
        </div>
        <ul className={styles.legend}>
          <li>
            <Dot state="ok" /> {label[0]}
          </li>
          <li>
            <Dot state="bad" /> {label[1]}
          </li>
          <li>
            <Dot state="idle" /> {label[2]}
          </li>
        </ul>
      </div>
    </div>
  );
}
