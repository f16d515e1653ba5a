import { Popover } from "@mantine/core";
import type { JobView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { isActive, useAct, useItems } from "../client/hooks.ts";
import { Button } from "../parts/Button.tsx";
import { Chip, type State } from "../parts/Chip.tsx";
import { Failure } from "../parts/Failure.tsx";
import { JobProgress } from "../parts/Progress.tsx";
import { useLanguage, useWords } from "../words/language.ts";
import { timeOfDay } from "../words/numbers.ts";
import styles from "./JobsMenu.module.css";
import { goTo, type StepName } from "./place.ts";

const places: Readonly<Record<JobView["detail"]["kind"], StepName>> = {
  scan: "line",
  network: "line",
  gateways: "gateway",
  detect: "line",
  quality: "line",
  resolve: "tags",
  write: "tags",
  snapshot: "gateway",
  apply: "handover",
  program: "gateway",
  uplink: "uplink",
  standin: "uplink",
  verify: "verify",
  stimulus: "verify",
  downlink: "uplink",
  watch: "uplink",
  drill: "verify",
  advice: "uplink",
  bundle: "handover",
  clone: "handover",
  report: "handover",
};

/** How many jobs run, and the list of all with progress and Cancel. */
export function JobsMenu() {
  const words = useWords().frame;
  const jobs = useItems("jobs");
  const active = jobs.filter(isActive).length;
  const newestFirst = [...jobs].sort((a, b) => b.startedAt - a.startedAt).slice(0, 30);
  return (
    <Popover width={400} position="bottom-end" trapFocus withArrow>
      <Popover.Target>
        <button type="button" className={styles.open} data-active={active > 0 || undefined}>
          {words.jobs(active)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.jobsTitle}>
        <h2 className={styles.title}>{words.jobsTitle}</h2>
        {newestFirst.length === 0 ? (
          <p className={styles.empty}>{words.jobsEmpty}</p>
        ) : (
          <ul className={styles.list}>
            {newestFirst.map((job) => (
              <JobRow key={job.key} job={job} />
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function JobRow({ job }: { readonly job: JobView }) {
  const { frame: words, parts } = useWords();
  const language = useLanguage();
  const act = useAct();
  const name = words.jobKinds[job.detail.kind];
  return (
    <li className={styles.job}>
      <div className={styles.head}>
        <button type="button" className={styles.name} onClick={() => goTo(places[job.detail.kind])}>
          {name}
        </button>
        <span className={styles.time}>{timeOfDay(job.startedAt).slice(0, 8)}</span>
        {isActive(job) ? (
          <Button
            size="small"
            disabled={job.state === "stopping"}
            label={`${parts.cancel}: ${name}`}
            onClick={() => void act("job.cancel", { jobId: job.key })}
          >
            {job.state === "stopping" ? parts.stopping : parts.cancel}
          </Button>
        ) : (
          <Chip state={stateOf(job)}>
            {job.state === "done" && !job.good ? words.doneWithFindings : words.jobStates[job.state]}
          </Chip>
        )}
      </div>
      <JobProgress job={job} label={name} withoutCancel />
      {!isActive(job) && job.failure && <Failure failure={job.failure} plain />}
      {!isActive(job) && !job.failure && job.doing && job.state === "interrupted" && (
        <p className="dim">{sayPhrase(language, job.doing)}</p>
      )}
    </li>
  );
}

function stateOf(job: JobView): State {
  if (job.state === "done") return job.good ? "ok" : "bad";
  if (job.state === "failed") return "bad";
  return job.state === "interrupted" ? "warn" : "idle";
}
