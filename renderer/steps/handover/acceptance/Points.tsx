import { useState } from "react";
import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import { Button } from "../../../parts/Button.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";
import { ForceForm, ReleaseForm } from "./ForceForm.tsx";
import { PointForm } from "./PointForm.tsx";

const shownTags = 6;

/** Points that a person tests: those that Verify left over, and values that are held by force. */
export function Points(props: {
  readonly view: AcceptanceView;
  readonly by: string;
  readonly isClosed: boolean;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const { standing, tagsLeft, state } = props.view;
  const [open, setOpen] = useState<{ readonly what: "test" | "force" | "release"; readonly tag: string }>();
  const left = standing.tags.total - standing.tags.proved;
  const forced = state.forced.filter(({ released }) => released === null);
  const close = () => setOpen(undefined);
  return (
    <section aria-label={words.points}>
      <h3 className={styles.sectionHead}>
        {words.points}
        <span>{words.pointsLeft(number(language, left))}</span>
      </h3>
      <p className="dim">{left === 0 ? words.allProved : words.pointsSays}</p>
      <ul className={styles.tags}>
        {tagsLeft.slice(0, shownTags).map(({ tag, standing: how }) => (
          <li key={tag}>
            <span className={styles.tag}>{tag}</span>
            <span className="dim">{words.standings[how]}</span>
            {!props.isClosed && (
              <Button size="small" kind="quiet" onClick={() => setOpen({ what: "test", tag })}>
                {words.testPoint}
              </Button>
            )}
          </li>
        ))}
        {forced.map(({ tag, value }) => (
          <li key={`forced ${tag}`}>
            <span className={styles.tag}>{tag}</span>
            <span className="bad">{words.forcedTo(value)}</span>
            <Button size="small" onClick={() => setOpen({ what: "release", tag })}>
              {words.release}
            </Button>
          </li>
        ))}
      </ul>
      {!props.isClosed && (
        <div className={styles.buttons}>
          <Button onClick={() => setOpen({ what: "test", tag: tagsLeft[0]?.tag ?? "" })}>
            {words.testPoint}
          </Button>
          <Button kind="quiet" onClick={() => setOpen({ what: "force", tag: "" })}>
            {words.force}
          </Button>
        </div>
      )}
      {open?.what === "test" && <PointForm tag={open.tag} by={props.by} onClose={close} />}
      {open?.what === "force" && <ForceForm by={props.by} onClose={close} />}
      {open?.what === "release" && <ReleaseForm tag={open.tag} by={props.by} onClose={close} />}
    </section>
  );
}
