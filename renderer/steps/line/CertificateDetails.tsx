import type { CertificateView, UnitCertificateView } from "#contract/lineViews.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { Chip } from "../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime } from "../../words/numbers.ts";
import styles from "./CertificateDetails.module.css";
import { DamageBars } from "./DamageBars.tsx";
import { gapBars, lengthBars, percent, verdictStates } from "./qualityRows.ts";
import { ReadBars } from "./ReadBars.tsx";

/** What a certificate was judged from: errors by length, by pause, by place in the frame; and the ones before it. */
export function CertificateDetails(props: {
  readonly certificate: CertificateView;
  readonly earlier: UnitCertificateView["earlier"];
}) {
  const { certificate, earlier } = props;
  const { certify: words, verdicts } = useWords().line;
  const language = useLanguage();
  return (
    <div className={styles.details}>
      <ReadBars
        title={words.byLength}
        bars={lengthBars(certificate)}
        name={String}
        says={(bar) => words.lengthBar(bar.at, bar.good + bar.refused, bar.asked, bar.bad, bar.silent)}
      />
      {certificate.byGap.some((gap) => gap.asked > 0) && (
        <ReadBars
          title={certificate.after === null ? words.byGap : words.byGapAfter(certificate.after)}
          bars={gapBars(certificate)}
          name={(gapMs) => `${gapMs} ms`}
          says={(bar) => words.gapBar(bar.at, bar.good + bar.refused, bar.asked)}
        />
      )}
      <DamageBars certificate={certificate} />
      {earlier.length > 0 && (
        <section aria-label={words.earlier} className={styles.earlier}>
          <h3>{words.earlier}</h3>
          <ul>
            {earlier.map((one) => (
              <li key={one.at} title={sayPhrase(language, one.says)}>
                <span>{dayAndTime(language, one.at)}</span>
                <span className={styles.share}>{percent(one.badShare)} %</span>
                <Chip state={verdictStates[one.verdict]}>{verdicts[one.verdict]}</Chip>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
