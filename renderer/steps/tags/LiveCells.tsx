import { useItem } from "../../client/hooks.ts";
import type { LastMinute } from "../../client/lastMinute.ts";
import { useNow } from "../../client/useNow.ts";
import { classes } from "../../parts/classes.ts";
import { Icon } from "../../parts/Icon.tsx";
import { Spark } from "../../parts/Spark.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./LiveCells.module.css";

interface OfTag {
  /** the tag's key */
  readonly of: string;
}

/** The newest value; a dash until there is one. */
export function ValueCell({ of }: OfTag) {
  const live = useItem("live", of);
  const words = useWords().tags.quality;
  if (live?.quality === "bad" && live.text === "") {
    return (
      <span className="bad" title={words.bad}>
        <Icon name="cross" size={13} />
        <span className="unseen">{words.bad}</span>
      </span>
    );
  }
  if (!live || live.text === "") return <span className="dim">–</span>;
  return (
    <span className={classes(styles.cut, live.quality === "bad" && "dim")} title={live.text}>
      {live.text}
    </span>
  );
}

export function QualityCell({ of }: OfTag) {
  const words = useWords().tags.quality;
  const quality = useItem("live", of)?.quality;
  if (quality === undefined) return <span className={styles.none}>{words.none}</span>;
  return (
    <span className={classes(styles.quality, quality === "good" ? "ok" : "bad")}>
      <Icon name={quality === "good" ? "check" : "cross"} size={13} />
      {words[quality]}
    </span>
  );
}

export function WordsCell({ of }: OfTag) {
  const text = useItem("live", of)?.words;
  return (
    <span className={styles.cut} title={text}>
      {text}
    </span>
  );
}

/** How old the value is, counted on. */
export function AgeCell({ of, counting }: OfTag & { readonly counting: boolean }) {
  const words = useWords().tags.age;
  const at = useItem("live", of)?.at;
  const now = useNow(counting && at !== undefined ? 1000 : undefined);
  if (at === undefined) return null;
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds < 2) return words.now;
  if (seconds < 90) return words.seconds(seconds);
  if (seconds < 5400) return words.minutes(Math.round(seconds / 60));
  return words.hours(Math.round(seconds / 3600));
}

/** How far the value went since it is read. */
export function ExtremesCell({ of, minute }: OfTag & { readonly minute: LastMinute }) {
  const live = useItem("live", of);
  const language = useLanguage();
  const extremes = live && minute.extremes(of);
  if (!extremes) return null;
  const short = (value: number) => number(language, value, Math.abs(value) < 1000 ? 2 : 0);
  return `${short(extremes.least)} … ${short(extremes.greatest)}`;
}

export function SparkCell({ of, minute }: OfTag & { readonly minute: LastMinute }) {
  const live = useItem("live", of);
  return <Spark values={minute.values(of)} state={live?.quality === "bad" ? "bad" : "plain"} />;
}
