import { useState } from "react";
import { useAct, useAnswer } from "../../client/hooks.ts";
import { Mark } from "../../frame/Mark.tsx";
import { Button } from "../../parts/Button.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Form, TextField } from "../../parts/Fields.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime } from "../../words/numbers.ts";
import styles from "./StartPage.module.css";
import { deepestPath, readPath } from "./sitePath.ts";

/** No site is open: the training site, a new site, or a recent one. */
export function StartPage() {
  const words = useWords().site.start;
  const act = useAct();
  const [starting, setStarting] = useState(false);

  async function openTraining(): Promise<void> {
    setStarting(true);
    await act("site.training", {});
    setStarting(false);
  }

  return (
    <div className={styles.page}>
      <div className={styles.sheet}>
        <header className={styles.head}>
          <Mark size={40} />
          <h1>{words.title}</h1>
          <p>{words.says}</p>
        </header>
        <section className={styles.training} aria-label={words.training}>
          <Button kind="primary" icon="play" busy={starting} onClick={() => void openTraining()}>
            {words.training}
          </Button>
          <p>{words.trainingSays}</p>
        </section>
        <div className={styles.columns}>
          <NewSite />
          <Recent />
        </div>
      </div>
    </div>
  );
}

function NewSite() {
  const words = useWords().site;
  const act = useAct();
  const [name, setName] = useState("");
  const [path, setPath] = useState("");
  const [tried, setTried] = useState(false);
  const parts = readPath(path);
  const isNamed = name.trim() !== "";
  const isFlat = parts.length <= deepestPath;

  function create(): void {
    setTried(true);
    if (isNamed && isFlat) void act("site.create", { name: name.trim(), path: [...parts] });
  }

  return (
    <section aria-label={words.start.newTitle}>
      <h2>{words.start.newTitle}</h2>
      <Form label={words.start.newTitle} onSubmit={create}>
        <TextField
          label={words.name}
          placeholder={words.namePlaceholder}
          value={name}
          onChange={setName}
          longest={127}
          problem={tried && !isNamed ? words.nameNeeded : undefined}
        />
        <TextField
          label={words.path}
          placeholder={words.pathPlaceholder}
          value={path}
          onChange={setPath}
          problem={isFlat ? undefined : words.pathTooDeep}
        />
        <div>
          <Button type="submit">{words.start.create}</Button>
        </div>
      </Form>
    </section>
  );
}

function Recent() {
  const words = useWords().site.start;
  const language = useLanguage();
  const act = useAct();
  const { answer, failures, asking } = useAnswer("sites.list", {});
  return (
    <section aria-label={words.recentTitle}>
      <h2>{words.recentTitle}</h2>
      <Failures failures={failures} />
      {!asking && answer?.length === 0 && <p className="dim">{words.recentEmpty}</p>}
      <ul className={styles.recent}>
        {answer?.slice(0, 8).map((site) => (
          <li key={site.path}>
            <button
              type="button"
              title={site.path}
              onClick={() => void act("site.open", { path: site.path })}
            >
              <Icon name="file" />
              <span>
                <b>{site.name}</b>
                <small>{words.changed(dayAndTime(language, site.changedAt))}</small>
              </span>
              <Icon name="right" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
