import { Fragment } from "react";
import { sayPhrase } from "#contract/words/say.ts";
import { useItem, useItems } from "../client/hooks.ts";
import { Dot } from "../parts/Chip.tsx";
import { classes } from "../parts/classes.ts";
import { useLanguage, useWords, type Words } from "../words/language.ts";
import { type Hop, hopsOf } from "./hops.ts";
import styles from "./LinkPath.module.css";

/** The path of a value over every screen: line, gateway, cloud, with how each hop stands. */
export function LinkPath() {
  const words = useWords().frame;
  const language = useLanguage();
  const hops = hopsOf(useItem("site", "site"), useItem("gateway", "gateway"), useItems("links"));
  return (
    <nav className={styles.path} aria-label={words.pathLabel}>
      {hops.map((hop, at) => {
        const name = words.hops[hop.step === "uplink" ? "cloud" : hop.step];
        const about = aboutText(hop, words);
        const says = hop.says ? sayPhrase(language, hop.says) : "";
        const told = [about, says].filter((part) => part !== "").join(" · ");
        return (
          <Fragment key={hop.step}>
            {at > 0 && (
              <i className={classes(styles.wire, isThrough(hops, at) && styles.through)} aria-hidden="true" />
            )}
            <a
              href={`#/${hop.step}`}
              className={styles.hop}
              title={`${name}: ${words.linkStates[hop.state]}, ${told}`}
            >
              <Dot state={hop.state} />
              <b>{name}</b>
              <span className="unseen">: {words.linkStates[hop.state]}, </span>
              <span className={styles.told}>
                {says !== "" && hop.state !== "ok" && hop.state !== "idle" ? says : told}
              </span>
            </a>
          </Fragment>
        );
      })}
    </nav>
  );
}

/** The wire before a hop is drawn through when both its ends are good. */
function isThrough(hops: readonly Hop[], at: number): boolean {
  return hops[at - 1]?.state === "ok" && hops[at]?.state === "ok";
}

function aboutText(hop: Hop, words: Words["frame"]): string {
  if (!hop.about) {
    return { line: words.noLine, gateway: words.noGateway, uplink: words.noUplink }[hop.step];
  }
  switch (hop.about.kind) {
    case "text":
      return hop.about.text;
    case "line":
      return `${hop.about.settings} · ${words.units(hop.about.units)}`;
    case "lines":
      return `${words.lines(hop.about.lines)} · ${words.units(hop.about.units)}`;
  }
}
