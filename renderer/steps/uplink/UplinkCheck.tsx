import { sayPhrase } from "#contract/words/say.ts";
import { isActive, type JobOf } from "../../client/hooks.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Stages } from "../../parts/Stages.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { CertificateChain } from "./CertificateChain.tsx";
import { RoundTrips } from "./RoundTrips.tsx";
import styles from "./UplinkCheck.module.css";

/** The last check: how it ended in one sentence, each stage, the certificates, and how long messages took. */
export function UplinkCheck({ job }: { readonly job: JobOf<"uplink"> | undefined }) {
  const words = useWords().uplink;
  if (!job) {
    return (
      <Section title={words.stages}>
        <p className={styles.none}>{words.notChecked}</p>
      </Section>
    );
  }
  const { stages, chain, trips, pingsMs } = job.detail;
  const broken = stages.some((stage) => stage.state === "bad" && stage.failure !== null);
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
        {chain && chain.certificates.length > 0 && <CertificateChain chain={chain} />}
        {trips.length > 0 && <RoundTrips trips={trips} pingsMs={pingsMs} />}
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
  const warnings = job.detail.stages.filter((stage) => stage.state === "warn").length;
  if (job.state === "done" && job.good) {
    return (
      <p className={styles.outcome} role="status">
        <StateIcon state="ok" size={18} />
        <strong className="ok">{words.good}</strong>
        {warnings > 0 && <span className="dim">{words.warnings(warnings)}</span>}
      </p>
    );
  }
  return job.state === "cancelled" ? <p className="dim">{words.cancelled}</p> : null;
}

function clock(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
