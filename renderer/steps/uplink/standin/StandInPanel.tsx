import { useState } from "react";
import { usualStandIn } from "#contract/standInViews.ts";
import { isActive, type JobOf, useAct, useItems, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Chip } from "../../../parts/Chip.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { bytes } from "../../../words/numbers.ts";
import { QueueFigures } from "./QueueFigures.tsx";
import styles from "./StandIn.module.css";
import { StandInSettings } from "./StandInSettings.tsx";
import { standInState } from "./standInModel.ts";

/** Publishing in the gateway's place: how it goes, what waits on the disk, and how it is set. */
export function StandInPanel() {
  const words = useWords().standin;
  const act = useAct();
  const job = useNewestJob("standin");
  const hasTags = useItems("tags").length > 0;
  // What was chosen for the last run holds for the next one.
  const [edited, setEdited] = useState<typeof usualStandIn>();
  const [settingsOpen, setSettingsOpen] = useState(false);
  const choice = edited ?? job?.detail.choice ?? usualStandIn;
  const active = isActive(job);

  const actions = (
    <>
      <Button size="small" kind="quiet" pressed={settingsOpen} onClick={() => setSettingsOpen(!settingsOpen)}>
        {words.settings}
      </Button>
      {active ? (
        <Button
          icon="stop"
          busy={job?.state === "stopping"}
          onClick={() => void act("job.cancel", { jobId: job?.key ?? "" })}
        >
          {words.stop}
        </Button>
      ) : (
        <Button icon="play" disabled={!hasTags} onClick={() => void act("job.standin", choice)}>
          {words.start}
        </Button>
      )}
    </>
  );

  return (
    <Section title={words.title} says={job && <StateChip job={job} />} actions={actions}>
      <div className={styles.panel}>
        {job ? <StandInWork job={job} /> : <p className={styles.empty}>{words.empty}</p>}
        {!hasTags && <p className={styles.note}>{words.noTags}</p>}
        {settingsOpen && (
          <StandInSettings
            choice={active ? (job?.detail.choice ?? choice) : choice}
            disabled={active}
            onChoice={setEdited}
          />
        )}
      </div>
    </Section>
  );
}

function StateChip({ job }: { readonly job: JobOf<"standin"> }) {
  const words = useWords().standin;
  const [state, word] = standInState(job);
  const said = word in words.links ? words.links[word as keyof typeof words.links] : undefined;
  return (
    <Chip state={state}>{said ?? words[word as "stopped" | "failed" | "interrupted" | "stopping"]}</Chip>
  );
}

function StandInWork({ job }: { readonly job: JobOf<"standin"> }) {
  const words = useWords().standin;
  const language = useLanguage();
  const { detail } = job;
  const active = isActive(job);
  return (
    <>
      {job.failure && <Failure failure={job.failure} />}
      {active && detail.linkFailure && <Failure failure={detail.linkFailure} />}
      {active && detail.diskFailure && <Failure failure={detail.diskFailure} />}
      <QueueFigures detail={detail} live={active} />
      {!active && (detail.queued > 0 || job.state === "interrupted") && (
        <p className={styles.note}>{words.goesFirst}</p>
      )}
      {detail.found.cutBytes > 0 && (
        <p className={styles.note}>{words.foundCut(bytes(language, detail.found.cutBytes))}</p>
      )}
      {detail.found.cursorLost && <p className={styles.note}>{words.foundLost}</p>}
    </>
  );
}
