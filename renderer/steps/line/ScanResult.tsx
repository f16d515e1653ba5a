import type { LinkView } from "#contract/views.ts";
import { sayPhrase } from "#contract/words/say.ts";
import { phrase } from "#domain/phrase.ts";
import { answersToAll } from "#domain/plan/scanFindings.ts";
import type { Line } from "#domain/site/site.ts";
import { quantile } from "../../parts/bins.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { duration, number } from "../../words/numbers.ts";
import styles from "./ScanResult.module.css";
import type { ScanJob } from "./unitRows.ts";

/** The line's state in one sentence, and what the scan has found in figures. */
export function ScanResult({
  line,
  scan,
  link,
}: {
  readonly line: Line;
  readonly scan: ScanJob | undefined;
  readonly link: LinkView | undefined;
}) {
  const words = useWords().line;
  const language = useLanguage();
  const latencies =
    scan?.detail.units.filter((unit) => unit.answered === "data").map((unit) => unit.latencyMs) ?? [];
  // A scan that another master stopped says so over the map.
  const saidAbove = scan?.state === "failed" && link?.says.code === "link.taken";
  return (
    <div className={styles.result}>
      {scan && scan.detail.asked > 0 && (
        <div className={styles.figures}>
          <p className={styles.figure}>
            <b>{number(language, scan.detail.units.length)}</b> {words.figures.found}
            <small>{words.figures.of(number(language, scan.detail.asked))}</small>
          </p>
          {latencies.length > 0 && (
            <p className={styles.figure}>
              <b>{number(language, quantile(latencies, 0.5))}</b> {words.figures.median}
              <small>{words.figures.slowest(number(language, Math.max(...latencies)))}</small>
            </p>
          )}
        </div>
      )}
      {!saidAbove && (
        <p className={styles.state}>
          <StateIcon state={link?.state ?? "idle"} />
          <span>
            <LineState link={link} />
            {scan &&
              scan.detail.listenedMs > 0 &&
              ` ${words.figures.listened(duration(language, scan.detail.listenedMs))}`}
          </span>
        </p>
      )}
      {scan && answersToAll(line.kind, scan.detail.asked, scan.detail.units.length) && (
        <p className={styles.state}>
          <StateIcon state="warn" />
          <span>{sayPhrase(language, phrase("found.oneForAll"))}</span>
        </p>
      )}
      <Legend />
    </div>
  );
}

function LineState({ link }: { readonly link: LinkView | undefined }) {
  const words = useWords().line.states;
  const language = useLanguage();
  switch (link?.says.code) {
    case undefined:
    case "link.closed":
      return words.idleSays;
    case "link.listening":
      return words.listening;
    case "link.free":
      return words.free;
    case "link.taken":
      return (
        <>
          <b className="warn">{words.taken}</b> {words.takenTry}
        </>
      );
    case "link.polled":
      return words.polled;
    default:
      return link ? sayPhrase(language, link.says) : words.idleSays;
  }
}

function Legend() {
  const words = useWords().line.legend;
  return (
    <ul className={styles.legend}>
      {(["found", "exception", "silent", "known", "asked", "waiting"] as const).map((kind) => (
        <li key={kind}>
          <i className={styles[kind]} aria-hidden="true" />
          {words[kind]}
        </li>
      ))}
    </ul>
  );
}
