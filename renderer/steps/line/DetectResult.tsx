import { settingsText } from "#domain/site/settingsText.ts";
import type { Line, SerialSettings } from "#domain/site/site.ts";
import { isActive } from "../../client/hooks.ts";
import { Button, IconButton } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { Section } from "../../parts/Step.tsx";
import { useWords, type Words } from "../../words/language.ts";
import styles from "./DetectResult.module.css";
import { type DetectJob, type DetectRow, detectRows } from "./detectRows.ts";

/** So many candidates stand beside the map; the rest is one sentence. */
const shown = 5;

/** Which settings were tried and what was seen at each: the found ones first. */
export function DetectResult(props: {
  readonly line: Line;
  readonly job: DetectJob;
  /** what the line should be set to and is not yet */
  readonly better: SerialSettings | undefined;
  readonly onUse: (settings: SerialSettings) => void;
  readonly onClose: () => void;
}) {
  const { line, job, better } = props;
  const { line: words, parts } = useWords();
  const rows = detectRows(job.detail);
  const tried = rows.filter((row) => row.evidence.kind !== "notTried");
  const top = tried.slice(0, shown);
  const running = isActive(job);
  const columns: readonly Column<DetectRow>[] = [
    {
      key: "settings",
      title: words.detect.settings,
      width: "100px",
      cell: (row) => (row.mark === "none" ? row.key : <b>{row.key}</b>),
    },
    {
      key: "evidence",
      title: words.detect.evidence,
      width: "minmax(96px, 1fr)",
      cell: (row) => <Evidence row={row} words={words.detect} />,
    },
    {
      key: "mark",
      title: words.detect.mark,
      width: "108px",
      cell: (row) =>
        row.mark !== "none" && (
          <Chip state={row.mark === "certain" ? "ok" : "warn"}>{words.detect[row.mark]}</Chip>
        ),
    },
  ];
  return (
    <Section
      title={words.detect.title}
      actions={!running && <IconButton icon="cross" label={parts.close} onClick={props.onClose} />}
    >
      <div className={styles.result}>
        {job.state === "failed" && job.failure ? (
          <Failure failure={job.failure} />
        ) : (
          <p className={styles.says}>
            {saysOf(job, words.detect)} {isSet(line, job) && words.detect.isSet(isSet(line, job))}
          </p>
        )}
        {top.length > 0 && (
          <DataTable label={words.detect.title} rows={top} columns={columns} rowKey={(row) => row.key} />
        )}
        {tried.length > shown && <p className={styles.more}>{words.detect.more(tried.length - shown)}</p>}
        {!running && tried.length > 0 && rows.length > tried.length && (
          <p className={styles.more}>{words.detect.notNeeded(rows.length - tried.length)}</p>
        )}
        {better && (
          <div className={styles.use}>
            <Button kind="primary" icon="check" onClick={() => props.onUse(better)}>
              {words.detect.use(settingsText(better))}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function Evidence({ row, words }: { readonly row: DetectRow; readonly words: Words["line"]["detect"] }) {
  const { evidence } = row;
  switch (evidence.kind) {
    case "answered":
      return words.answered(evidence.unit);
    case "heard":
      return words.heard(evidence.frames);
    case "stray":
      return <span className="dim">{words.stray(evidence.bytes)}</span>;
    default:
      return <span className="dim">{words[evidence.kind]}</span>;
  }
}

/** The settings, once the line has those that were found. */
function isSet(line: Line, job: DetectJob): string {
  const best = job.detail.best && settingsText(job.detail.best);
  return best && line.kind === "serial" && settingsText(line.settings) === best ? best : "";
}

function saysOf(job: DetectJob, words: Words["line"]["detect"]): string {
  const { passive, best } = job.detail;
  if (isActive(job)) return job.doing?.code === "doing.tryingSettings" ? words.asking : words.listening;
  if (!best) return job.state === "done" ? words.found.none : words.stopped;
  return passive ? words.found.heard : words.found.asked;
}
