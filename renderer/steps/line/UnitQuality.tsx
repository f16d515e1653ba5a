import { useRef, useState } from "react";
import type { CertificateView, UnitCertificateView } from "#contract/lineViews.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { waitsOf } from "#domain/quality/readStrip.ts";
import type { Line } from "#domain/site/site.ts";
import { isActive } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { quantile } from "../../parts/bins.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Histogram } from "../../parts/Histogram.tsx";
import { Section } from "../../parts/Step.tsx";
import { useWidth } from "../../parts/useWidth.ts";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime, number } from "../../words/numbers.ts";
import { headAndRest, percent, type QualityJob, verdictStates } from "./qualityRows.ts";
import { ReadStrip } from "./ReadStrip.tsx";
import styles from "./UnitQuality.module.css";
import { characterMs } from "./unitRows.ts";

/** How long a unit can be watched after it was measured: one that dies now and then takes hours to show it. */
const soaksMinutes = [0, 10, 60, 480] as const;

/** How well one unit reads over this line: measured on demand, judged, and the cause named. */
export function UnitQuality(props: {
  readonly line: Line;
  readonly unit: number;
  readonly name: string;
  /** it stands below a head that names the unit already */
  readonly isNamed: boolean;
  /** its actions have no room in its head */
  readonly isNarrow: boolean;
  /** the newest measurement of this unit */
  readonly job: QualityJob | undefined;
  /** the newest in the evidence; it stands where a later one did not come to an end */
  readonly made: UnitCertificateView | undefined;
  /** the line is at other work */
  readonly busy: boolean;
  readonly onCertify: (soakMinutes: number) => void;
}) {
  const { certify: words, unitTitle } = useWords().line;
  const { job, made } = props;
  const [soakMinutes, setSoakMinutes] = useState(0);
  const running = isActive(job);
  const certificate = running ? job?.detail.certificate : (made?.certificate ?? job?.detail.certificate);
  const named = props.name ? `${unitTitle(props.unit)} · ${props.name}` : unitTitle(props.unit);
  const watch = (
    <select
      className={styles.watch}
      aria-label={words.watch}
      value={soakMinutes}
      disabled={props.busy}
      onChange={(event) => setSoakMinutes(Number(event.currentTarget.value))}
    >
      {soaksMinutes.map((minutes) => (
        <option key={minutes} value={minutes}>
          {words.watchFor(minutes)}
        </option>
      ))}
    </select>
  );
  const again = !running && certificate && (
    <>
      <Button size="small" icon="refresh" disabled={props.busy} onClick={() => props.onCertify(soakMinutes)}>
        {words.again}
      </Button>
      {watch}
    </>
  );
  return (
    <Section
      title={words.title}
      says={props.isNamed || (certificate && !running) ? undefined : named}
      actions={!props.isNarrow && again}
    >
      {job?.state === "failed" && job.failure && <Failure failure={job.failure} />}
      {certificate ? (
        <>
          <Figures
            certificate={certificate}
            characterMs={characterMs(props.line)}
            at={running ? undefined : made?.at}
            running={running}
          />
          {props.isNarrow && <div className={styles.start}>{again}</div>}
        </>
      ) : (
        <div className={styles.empty}>
          <p className="dim">{running ? words.starting : words.empty}</p>
          {!running && (
            <div className={styles.start}>
              <Button icon="spark" disabled={props.busy} onClick={() => props.onCertify(soakMinutes)}>
                {words.start}
              </Button>
              {watch}
            </div>
          )}
        </div>
      )}
    </Section>
  );
}

function Figures(props: {
  readonly certificate: CertificateView;
  readonly characterMs: number;
  /** when it was made; undefined while it is */
  readonly at: number | undefined;
  readonly running: boolean;
}) {
  const { certificate, running } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const words = useWords().line.certify;
  const language = useLanguage();
  const waitsMs = waitsOf(certificate, props.characterMs);
  const median = quantile(waitsMs, 0.5);
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
        {waitsMs.length > 0 && (
          <p title={words.waitSays}>
            <b>{number(language, median)}</b> {words.median}
            <small>{words.slowest(number(language, quantile(waitsMs, 0.99)))}</small>
          </p>
        )}
      </div>
      <Histogram
        values={waitsMs}
        width={Math.min(360, width || 240)}
        height={72}
        slowMs={certificate.verdict === "slow" ? median * 2 : Number.POSITIVE_INFINITY}
      />
      <ReadStrip certificate={certificate} />
      {!running && (
        <p className={styles.says}>
          <StateIcon state={state} />
          <span>
            <b className={state}>{cause}</b> {advice}
          </span>
        </p>
      )}
      <Notes certificate={certificate} at={props.at} />
    </div>
  );
}

/** How much was measured, and what else was noticed. */
function Notes(props: { readonly certificate: CertificateView; readonly at: number | undefined }) {
  const { certificate, at } = props;
  const { certify } = useWords().line;
  const words = certify.notes;
  const language = useLanguage();
  const silent = certificate.silent > 0 && words.silent(certificate.silent);
  const { neighbours } = certificate;
  const others = [
    neighbours !== null && (neighbours.length === 0 ? words.alone : words.neighbours(neighbours.length)),
    certificate.exceptions > 0 && words.exceptions(certificate.exceptions),
    certificate.idleBytes > 0 && words.idleBytes(certificate.idleBytes),
    certificate.echo && words.echo,
  ].filter((note) => note !== false);
  return (
    <p className={styles.notes}>
      <span title={certify.limitSays(number(language, certificate.asked), percent(certificate.atMost))}>
        {words.reads(number(language, certificate.asked))}
        {certificate.badShare <= certificate.limit && ` · ${words.atMost(percent(certificate.atMost))}`}
      </span>
      {silent && (
        <>
          {" · "}
          {/* No answer is no bad frame, so the figure above does not show it. */}
          {certificate.verdict === "bad" ? <b className="bad">{silent}</b> : silent}
        </>
      )}
      {others.map((note) => ` · ${note}`)}
      {at !== undefined && ` · ${dayAndTime(language, at)}`}
    </p>
  );
}
