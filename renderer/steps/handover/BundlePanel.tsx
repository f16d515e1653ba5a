import { useEffect, useRef, useState } from "react";
import { isActive, useNewestJob, useWorkbench } from "../../client/hooks.ts";
import { saveDownload } from "../../client/saveFile.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { showFailures, showNotice } from "../../parts/notices.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { bytes, number } from "../../words/numbers.ts";
import styles from "./BundlePanel.module.css";
import { Digest } from "./Digest.tsx";

/** Makes the signed bundle and saves it; its digest stands beside it to be read out. */
export function BundlePanel() {
  const words = useWords().handover.bundle;
  const language = useLanguage();
  const workbench = useWorkbench();
  const job = useNewestJob("bundle");
  const asked = useRef<string>(undefined);
  const [starting, setStarting] = useState(false);
  const running = isActive(job) || starting;
  const made = job?.state === "done" && job.detail.download !== "" ? job.detail : undefined;

  // Only a bundle that was asked for here is saved by itself, not one from before a reload.
  useEffect(() => {
    if (!job || !made || asked.current !== job.key) return;
    asked.current = undefined;
    saveDownload(workbench, made.download, made.name).then(
      () => showNotice(words.saved(made.name)),
      (error: unknown) => showFailures(failuresIn(error)),
    );
  }, [job, made, workbench, words]);

  async function start(): Promise<void> {
    setStarting(true);
    try {
      asked.current = (await workbench.call("job.bundle", {})).jobId;
    } catch (error) {
      showFailures(failuresIn(error));
    } finally {
      setStarting(false);
    }
  }

  async function saveAgain(): Promise<void> {
    if (made) {
      await saveDownload(workbench, made.download, made.name).catch((error: unknown) =>
        showFailures(failuresIn(error)),
      );
    }
  }

  return (
    <Section title={words.title}>
      <div className={styles.panel}>
        <p className="dim">{words.says}</p>
        <div className={styles.buttons}>
          <Button icon="download" busy={running} onClick={() => void start()}>
            {made ? words.exportAgain : words.export}
          </Button>
          {made && (
            <Button kind="quiet" onClick={() => void saveAgain()}>
              {words.save}
            </Button>
          )}
        </div>
        <JobProgress job={job} label={words.packing} />
        {job?.failure && !running && <Failure failure={job.failure} />}
        {made && (
          <>
            <p className={styles.made}>
              <StateIcon state="ok" size={16} />
              <strong>{made.name}</strong>
              <span className="dim">
                {bytes(language, made.size)} · {words.fileCount(number(language, made.files))}
              </span>
            </p>
            <Digest name={words.digest} digest={made.digest} />
            <p className={styles.note}>{words.secrets[made.secrets]}</p>
            <p className={styles.note}>{words.note}</p>
          </>
        )}
      </div>
    </Section>
  );
}
