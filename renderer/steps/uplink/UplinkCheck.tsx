import { sayPhrase } from "#contract/words/say.ts";
import { isActive, type JobOf } from "../../client/hooks.ts";
import { quantile } from "../../parts/bins.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Histogram } from "../../parts/Histogram.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Stages } from "../../parts/Stages.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./UplinkCheck.module.css";

/** The last check: how it ended in one sentence, each stage, and how long messages took there and back. */
export function UplinkCheck({ job }: { readonly job: JobOf<"uplink"> | undefined }) {
  const words = useWords().uplink;
  if (!job) {
    return (
      <Section title={words.stages}>
        <p className={styles.none}>{words.notChecked}</p>
      </Section>
    );
  }
  const { stages, roundTripsMs } = job.detail;
  const broken = stages.some((stage) => stage.failure !== null);
  return (
    <Section
      title={words.stages}
      says={job.endedAt === null ? undefined : words.checkedAt(clock(job.endedAt))}
    >
      <div className={styles.check}>
        <JobProgress job={job} label={words.check} />
        {!isActive(job) && <Outcome job={job} />}
        {/* a failed stage says it already, where it happened */}
        {job.failure && !broken && <Failure failure={job.failure} />}
        <Stages label={words.stages} stages={stages} />
        {roundTripsMs.length > 0 && <RoundTrips times={roundTripsMs} />}
      </div>
    </Section>
  );
}

function Outcome({ job }: { readonly job: JobOf<"uplink"> }) {
  const words = useWords().uplink;
  const language = useLanguage();
  const failed = job.detail.stages.find((stage) => stage.state === "bad");
  if (failed) {
    return (
      <p className={styles.outcome} role="status">
        <StateIcon state="bad" size={18} />
        <strong className="bad">{words.bad(sayPhrase(language, failed.says))}</strong>
      </p>
    );
  }
  if (job.state === "done" && job.good) {
    return (
      <p className={styles.outcome} role="status">
        <StateIcon state="ok" size={18} />
        <strong className="ok">{words.good}</strong>
      </p>
    );
  }
  return job.state === "cancelled" ? <p className="dim">{words.cancelled}</p> : null;
}

function RoundTrips({ times }: { readonly times: readonly number[] }) {
  const words = useWords().uplink;
  const language = useLanguage();
  const figures = [
    { name: words.half, ms: quantile(times, 0.5) },
    { name: words.tail, ms: quantile(times, 0.95) },
    { name: words.slowest, ms: Math.max(...times) },
  ];
  return (
    <section aria-label={words.roundTrips}>
      <p className={styles.caption}>
        <strong>{words.roundTrips}</strong> <span className="dim">{words.messagesCounted(times.length)}</span>
      </p>
      <div className={styles.trips}>
        <Histogram values={times} width={280} slowMs={quantile(times, 0.5) * 3} />
        <dl className={styles.figures}>
          {figures.map(({ name, ms }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {number(language, ms, ms < 10 ? 1 : 0)} <span className="dim">{words.ms}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

function clock(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
