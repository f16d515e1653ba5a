import { useEffect, useRef, useState } from "react";
import { isActive, useAct, useAnswer, useItem, useItems, useNewestJob } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure, Failures } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Stages } from "../../parts/Stages.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./ApplyPanel.module.css";
import { ConfirmApply } from "./ConfirmApply.tsx";
import { PlanTable } from "./PlanTable.tsx";
import { differencesOf, withNamedPlace } from "./plan.ts";

/**
 * What differs between the design and the running gateway, and the button that makes them one: snapshot, apply,
 * compare, and back to the snapshot when anything fails.
 *
 * @param quiet the screen's primary action is elsewhere
 */
export function ApplyPanel({ quiet = false }: { readonly quiet?: boolean }) {
  const words = useWords().handover.apply;
  const language = useLanguage();
  const act = useAct();
  const site = useItem("site", "site");
  const gateway = useItem("gateway", "gateway");
  const tags = useItems("tags");
  const job = useNewestJob("apply");
  const [asking, setAsking] = useState(false);
  const signedIn = site !== undefined && gateway !== undefined;
  const plan = useAnswer("gateway.plan", signedIn ? {} : undefined);
  const running = isActive(job);

  // What runs there changes when an apply ends, and when somebody else writes to the gateway.
  const seen = `${job?.state} ${gateway?.digest}`;
  const before = useRef(seen);
  const { again } = plan;
  useEffect(() => {
    if (before.current === seen) return;
    before.current = seen;
    again();
  }, [seen, again]);

  if (!signedIn) {
    return (
      <Section title={words.title}>
        <div className={styles.panel}>
          <p className="dim">{words.signIn}</p>
          <span>
            <Button icon="gateway" onClick={() => goTo("gateway")}>
              {words.goToGateway}
            </Button>
          </span>
        </div>
      </Section>
    );
  }

  const { answer } = plan;
  const blocked = answer !== undefined && answer.problems.length > 0;
  return (
    <Section
      title={words.title}
      actions={
        <Button
          size="small"
          kind="quiet"
          icon="refresh"
          busy={plan.asking}
          disabled={running}
          onClick={again}
        >
          {words.compareAgain}
        </Button>
      }
    >
      <div className={styles.panel}>
        <Failures failures={plan.failures} />
        {!answer && plan.asking && <p className="dim">{words.comparing}</p>}
        {answer && (
          <>
            <p className={styles.verdict} role="status">
              <StateIcon state={blocked ? "bad" : answer.equal ? "ok" : "warn"} size={18} />
              <strong>
                {blocked
                  ? words.unfit
                  : answer.equal
                    ? words.equal
                    : words.differs(number(language, differencesOf(answer)))}
              </strong>
              <span className="mono dim">{gateway.url}</span>
            </p>
            {answer.problems.length > 0 && (
              <ul className={styles.problems}>
                {answer.problems.map((problem) => (
                  <li key={JSON.stringify(problem)}>
                    <Failure failure={withNamedPlace(problem, tags, site.head)} plain />
                  </li>
                ))}
              </ul>
            )}
            {!answer.equal && <PlanTable plan={answer} />}
            <span>
              <Button
                kind={quiet || answer.equal ? "plain" : "primary"}
                icon="upload"
                disabled={running || blocked}
                onClick={() => setAsking(true)}
              >
                {answer.equal ? words.applyAgain : words.apply}
              </Button>
            </span>
            <ConfirmApply
              opened={asking}
              plan={answer}
              url={gateway.url}
              onClose={() => setAsking(false)}
              onConfirm={() => {
                setAsking(false);
                void act("job.apply", {});
              }}
            />
          </>
        )}
        {job && (
          <div className={styles.job}>
            <JobProgress job={job} label={words.stages} />
            {job.state === "done" && job.good && (
              <p className={styles.done} role="status">
                <StateIcon state="ok" size={16} />
                {words.done}
              </p>
            )}
            {job.state === "cancelled" && <p className="dim">{words.cancelled}</p>}
            {job.failure && !running && !job.detail.stages.some((stage) => stage.failure) && (
              <Failure failure={job.failure} />
            )}
            {job.failure?.code === "gateway.rolledBack" && <p className={styles.back}>{words.rolledBack}</p>}
            <Stages label={words.stages} stages={job.detail.stages} />
          </div>
        )}
      </div>
    </Section>
  );
}
