import { useState } from "react";
import { isActive, useAct, useItem, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { DataTable } from "../../../parts/DataTable.tsx";
import { Failure, Failures } from "../../../parts/Failure.tsx";
import { Form, TextField } from "../../../parts/Fields.tsx";
import { FileButton, FileDrop } from "../../../parts/FileDrop.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./ClonePanel.module.css";
import { type Look, useClone } from "./useClone.ts";

/** One good site as the template of many: a table names what differs, and each row becomes a site with its bundle. */
export function ClonePanel() {
  const words = useWords().clone;
  const language = useLanguage();
  const act = useAct();
  const name = useItem("site", "site")?.head.name ?? "";
  const clone = useClone();
  const job = useNewestJob("clone");
  const [folder, setFolder] = useState(() => words.folderOf(name));
  const { look } = clone;
  const isReady = look.at === "looked" && look.look.problems.length === 0;

  async function make(): Promise<void> {
    const uploadId = await clone.handInAgain();
    if (uploadId !== undefined) await act("job.clone", { uploadId, folder });
  }

  return (
    <FileDrop says={words.drop} onFile={(file) => void clone.take(file)}>
      <Section title={words.title}>
        <div className={styles.panel}>
          <p className="dim">{words.says}</p>
          <div className={styles.buttons}>
            <Button icon="download" onClick={() => void clone.saveTable()}>
              {words.saveTable}
            </Button>
            <FileButton
              icon="upload"
              accept=".csv,.txt"
              busy={look.at === "looking"}
              onFile={(file) => void clone.take(file)}
            >
              {look.at === "none" ? words.choose : words.chooseOther}
            </FileButton>
          </div>
          <p className={styles.note}>{words.variablesHint}</p>
          {look.at === "refused" && <Failures failures={look.failures} />}
          {look.at === "looked" && <Looked name={look.name} look={look.look} />}
          {isReady && (
            <Form label={words.title} onSubmit={() => void make()}>
              <TextField
                label={words.folder}
                hint={words.folderHint}
                value={folder}
                mono
                onChange={setFolder}
              />
              <div className={styles.buttons}>
                <Button type="submit" kind="primary" busy={isActive(job)} disabled={folder.trim() === ""}>
                  {words.make(number(language, look.look.sites))}
                </Button>
              </div>
            </Form>
          )}
          <JobProgress job={job} label={words.making} />
          {job?.failure && !isActive(job) && <Failure failure={job.failure} />}
          {job?.state === "done" && (
            <p className={styles.made}>
              <StateIcon state="ok" size={16} />
              <strong>{words.made(number(language, job.detail.made))}</strong>
              <code className="mono">{job.detail.folder}</code>
            </p>
          )}
        </div>
      </Section>
    </FileDrop>
  );
}

function Looked({ name, look }: { readonly name: string; readonly look: Look }) {
  const words = useWords().clone;
  const language = useLanguage();
  const isGood = look.problems.length === 0;
  return (
    <>
      <p className={styles.made} role="status">
        <StateIcon state={isGood ? "ok" : "bad"} size={16} />
        <strong>{isGood ? words.fits(number(language, look.sites)) : words.doesNotFit}</strong>
        <span className="dim">{name}</span>
      </p>
      {look.problems.length > 0 && (
        <ul className={styles.problems} aria-label={words.problems}>
          {look.problems.map((problem) => (
            <li key={JSON.stringify(problem)}>
              {problem.at?.row !== undefined && <span className="mono">{words.row(problem.at.row)} </span>}
              <Failure failure={problem} plain />
            </li>
          ))}
        </ul>
      )}
      {look.first.length > 0 && (
        <DataTable
          label={words.first}
          rows={look.first}
          columns={[
            {
              key: "name",
              title: words.columns.name,
              width: "minmax(140px, 1fr)",
              cell: (site) => site.name,
            },
            {
              key: "folder",
              title: words.columns.folder,
              width: "minmax(140px, 1fr)",
              mono: true,
              cell: (site) => site.folder,
            },
            {
              key: "serial",
              title: words.columns.serial,
              width: "120px",
              mono: true,
              cell: (site) => site.serial,
            },
          ]}
          rowKey={(site) => site.folder}
        />
      )}
      {look.sites > look.first.length && isGood && (
        <p className={styles.note}>{words.more(number(language, look.sites - look.first.length))}</p>
      )}
    </>
  );
}
