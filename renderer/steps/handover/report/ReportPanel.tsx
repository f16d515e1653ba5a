import { useEffect, useRef, useState } from "react";
import type { ReportDetail } from "#contract/reportViews.ts";
import { isActive, useItem, useNewestJob, useWorkbench } from "../../../client/hooks.ts";
import { saveDownload } from "../../../client/saveFile.ts";
import { readDownload } from "../../../client/transfer.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { SelectField } from "../../../parts/Fields.tsx";
import { showFailures, showNotice } from "../../../parts/notices.tsx";
import { JobProgress } from "../../../parts/Progress.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { Digest } from "../Digest.tsx";
import styles from "./Report.module.css";
import { ReportPreview } from "./ReportPreview.tsx";

type Wanted = ReportDetail["files"][number]["form"] | "preview";

/** The evidence comes with every form; the data is the quickest. */
const formOf = { preview: "html", html: "html", pdf: "pdf", json: "json", evidence: "json" } as const;
const saved = ["html", "pdf", "json", "evidence"] as const;

/** The signed report: looked at here, saved as page, PDF or data, in either language. */
export function ReportPanel() {
  const words = useWords().acceptance.report;
  const shown = useLanguage();
  const workbench = useWorkbench();
  const site = useItem("site", "site");
  const job = useNewestJob("report");
  const [chosen, setChosen] = useState<"en" | "zh">();
  const language = chosen ?? shown;
  const [page, setPage] = useState<string>();
  const asked = useRef<{ readonly id: string; readonly wanted: Wanted }>(undefined);
  const [starting, setStarting] = useState(false);
  const isBusy = isActive(job) || starting;
  const siteId = site?.head.id;

  // Another site's report is not this one's.
  // biome-ignore lint/correctness/useExhaustiveDependencies: cleared when the site changes
  useEffect(() => setPage(undefined), [siteId]);

  useEffect(() => {
    if (job?.state !== "done" || asked.current?.id !== job.key) return;
    const { wanted } = asked.current;
    asked.current = undefined;
    const file = job.detail.files.find(({ form }) => form === (wanted === "preview" ? "html" : wanted));
    if (file === undefined) return;
    const { download: id, name } = file;
    const bringing =
      wanted === "preview"
        ? readDownload((offset) => workbench.call("download.read", { id, offset })).then((bytes) =>
            setPage(new TextDecoder().decode(bytes)),
          )
        : saveDownload(workbench, id, name).then(() => showNotice(words.saved(name)));
    bringing.catch((error: unknown) => showFailures(failuresIn(error)));
  }, [job, workbench, words]);

  async function make(wanted: Wanted): Promise<void> {
    setStarting(true);
    try {
      const { jobId } = await workbench.call("job.report", { form: formOf[wanted], language });
      asked.current = { id: jobId, wanted };
    } catch (error) {
      showFailures(failuresIn(error));
    } finally {
      setStarting(false);
    }
  }

  return (
    <Section title={words.title}>
      <div className={styles.panel}>
        <p className="dim">{words.says}</p>
        <div className={styles.bar}>
          <SelectField
            label={words.language}
            value={language}
            options={[
              { value: "en", label: words.languages.en },
              { value: "zh", label: words.languages.zh },
            ]}
            onChange={setChosen}
          />
          <Button icon="search" busy={isBusy} onClick={() => void make("preview")}>
            {page === undefined ? words.look : words.lookAgain}
          </Button>
          {saved.map((form) => (
            <Button key={form} icon="download" disabled={isBusy} onClick={() => void make(form)}>
              {words.save[form]}
            </Button>
          ))}
        </div>
        <p className={styles.note}>{words.evidence}</p>
        <JobProgress job={job} label={words.making} />
        {job?.failure && !isBusy && <Failure failure={job.failure} />}
        {job?.state === "done" && job.detail.digest !== "" && (
          <Digest name={words.digest} digest={job.detail.digest} />
        )}
        {page !== undefined && <ReportPreview label={words.preview} page={page} />}
      </div>
    </Section>
  );
}
