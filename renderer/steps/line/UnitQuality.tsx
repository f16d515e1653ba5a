import { useRef } from "react";
import type { CertificateView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { isActive } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { quantile } from "../../parts/bins.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Histogram } from "../../parts/Histogram.tsx";
import { Section } from "../../parts/Step.tsx";
import { useWidth } from "../../parts/useWidth.ts";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { gapBars, headAndRest, lengthBars, percent, type QualityJob, verdictStates } from "./qualityRows.ts";
import { ReadBars } from "./ReadBars.tsx";
import styles from "./UnitQuality.module.css";

/** How well one unit reads over this line: measured on demand, judged, and the cause named. */
export function UnitQuality(props: {
  readonly unit: number;
  readonly name: string;
  /** it stands below a head that names the unit already */
  readonly isNarrow: boolean;
  /** the newest measurement of this unit */
  readonly job: QualityJob | undefined;
  /** the newest that ended well; it stands where a later one did not come to an end */
  readonly certificate: CertificateView | undefined;
  /** the line is at other work */
  readonly busy: boolean;
  readonly onCertify: () => void;
}) {
  const { certify: words, unitTitle } = useWords().line;
  const { job } = props;
  const running = isActive(job);
  const certificate = running ? job?.detail.certificate : (props.certificate ?? job?.detail.certificate);
  return (
    <Section
      title={words.title}
      says={
        props.isNarrow
          ? undefined
          : props.name
            ? `${unitTitle(props.unit)} · ${props.name}`
            : unitTitle(props.unit)
      }
      actions={
        !running &&
        certificate && (
          <Button size="small" icon="refresh" disabled={props.busy} onClick={props.onCertify}>
            {words.again}
          </Button>
        )
      }
    >
      {job?.state === "failed" && job.failure && <Failure failure={job.failure} />}
      {certificate ? (
        <Figures certificate={certificate} running={running} />
      ) : (
        <div className={styles.empty}>
          <p className="dim">{running ? words.starting : words.empty}</p>
          {!running && (
            <Button icon="spark" disabled={props.busy} onClick={props.onCertify}>
              {words.start}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

function Figures(props: { readonly certificate: CertificateView; readonly running: boolean }) {
  const { certificate, running } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const words = useWords().line.certify;
  const language = useLanguage();
  const { latenciesMs } = certificate;
  const median = quantile(latenciesMs, 0.5);
  const [cause, advice] = headAndRest(sayPhrase(language, certificate.says));
  const state = verdictStates[certificate.verdict];
  return (
    <div className={styles.certificate} ref={box}>
      <div className={styles.figures}>
        <p>
          <b className={!running && certificate.badShare > certificate.limit ? "bad" : undefined}>
            {percent(certificate.badShare)}
          </b>{" "}
          {words.badFrames}
          <small>{words.limit(percent(certificate.limit))}</small>
        </p>
        {latenciesMs.length > 0 && (
          <p>
            <b>{number(language, median)}</b> {words.median}
            <small>{words.slowest(number(language, quantile(latenciesMs, 0.99)))}</small>
          </p>
        )}
      </div>
      <Histogram
        values={latenciesMs}
        width={Math.min(360, width || 240)}
        height={78}
        slowMs={certificate.verdict === "slow" ? median * 2 : Number.POSITIVE_INFINITY}
      />
      <div className={styles.bars}>
        <ReadBars
          title={words.byLength}
          bars={lengthBars(certificate)}
          name={String}
          says={(bar) => words.lengthBar(bar.at, bar.good + bar.refused, bar.asked, bar.bad, bar.silent)}
        />
        {certificate.byGap.some((gap) => gap.asked > 0) && (
          <ReadBars
            title={words.byGap}
            bars={gapBars(certificate)}
            name={(gapMs) => `${gapMs} ms`}
            says={(bar) => words.gapBar(bar.at, bar.good + bar.refused, bar.asked)}
          />
        )}
      </div>
      <Notes certificate={certificate} />
      {!running && (
        <p className={styles.says}>
          <StateIcon state={state} />
          <span>
            <b className={state}>{cause}</b> {advice}
          </span>
        </p>
      )}
    </div>
  );
}

/** How much was measured, and what else was noticed. */
function Notes({ certificate }: { readonly certificate: CertificateView }) {
  const words = useWords().line.certify.notes;
  const language = useLanguage();
  const silent = certificate.silent > 0 && words.silent(certificate.silent);
  const others = [
    certificate.exceptions > 0 && words.exceptions(certificate.exceptions),
    certificate.idleBytes > 0 && words.idleBytes(certificate.idleBytes),
    certificate.echo && words.echo,
  ].filter((note) => note !== false);
  return (
    <p className={styles.notes}>
      {words.reads(number(language, certificate.asked))}
      {silent && (
        <>
          {" · "}
          {/* No answer is no bad frame, so the figure above does not show it. */}
          {certificate.verdict === "bad" ? <b className="bad">{silent}</b> : silent}
        </>
      )}
      {others.map((note) => ` · ${note}`)}
    </p>
  );
}
