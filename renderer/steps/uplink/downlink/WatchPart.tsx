import { useState } from "react";
import { isActive, useAct, useItems, useNewestJob } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failure } from "../../../parts/Failure.tsx";
import { Form, TextField } from "../../../parts/Fields.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number, timeOfDay } from "../../../words/numbers.ts";
import { newestReadings } from "./newestReadings.ts";
import styles from "./WatchPart.module.css";

const watchedSeconds = 600;

/** Messages as the broker sends them, decoded: the newest value of every tag that was heard, whoever published it. */
export function WatchPart() {
  const { uplink, parts } = useWords();
  const words = uplink.watch;
  const language = useLanguage();
  const act = useAct();
  const wire = useItems("wire");
  const job = useNewestJob("watch");
  const [filter, setFilter] = useState("");
  const running = isActive(job);
  const rows = job ? newestReadings(wire, job.startedAt) : [];

  return (
    <Section title={words.title} says={words.says}>
      <Form
        label={words.title}
        onSubmit={() => {
          if (running) return;
          const filters = filter.trim() === "" ? [] : [filter.trim()];
          void act("job.watch", { filters, seconds: watchedSeconds, paths: [] });
        }}
      >
        <div className={styles.row}>
          <TextField label={words.filter} value={filter} onChange={setFilter} hint={words.filterHint} mono />
          {running && job ? (
            <Button onClick={() => void act("job.cancel", { jobId: job.key })}>{parts.cancel}</Button>
          ) : (
            <Button type="submit">{words.start}</Button>
          )}
        </div>
      </Form>
      {job && (
        <p className="dim" role="status">
          {words.heard(number(language, job.detail.messages), number(language, job.detail.bytes))}
        </p>
      )}
      {job?.failure && !running && <Failure failure={job.failure} plain />}
      {rows.length > 0 && (
        <table className={styles.readings}>
          <thead>
            <tr>
              <th>{words.columns.tag}</th>
              <th>{words.columns.value}</th>
              <th>{words.columns.at}</th>
              <th>{words.columns.format}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <td title={row.topic}>{row.name}</td>
                <td className={styles.value}>{row.text}</td>
                <td className="mono">{row.at === null ? "–" : timeOfDay(row.at)}</td>
                <td className="dim">{words.formats[row.format]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
