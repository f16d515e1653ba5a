import { useState } from "react";
import { sayPhrase } from "#contract/words/say.ts";
import { timerAdvice } from "#domain/quality/adapterTimer.ts";
import { useAnswer } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Chip } from "../../parts/Chip.tsx";
import { classes } from "../../parts/classes.ts";
import { Failures } from "../../parts/Failure.tsx";
import { TextField } from "../../parts/Fields.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import styles from "./PortCards.module.css";

/** The serial ports that are there now, as cards to choose from; or a path to type. */
export function PortCards(props: {
  readonly path: string;
  readonly onPath: (path: string) => void;
  readonly problem: string | undefined;
}) {
  const words = useWords().line;
  const language = useLanguage();
  const { answer, failures, asking, again } = useAnswer("ports.list", {});
  const isListed = answer?.some((port) => port.path === props.path) ?? false;
  const [typing, setTyping] = useState(false);
  const typed = typing || (answer !== undefined && props.path !== "" && !isListed);
  const chosen = typed ? undefined : answer?.find((port) => port.path === props.path);
  const advice = chosen && timerAdvice(chosen);
  return (
    <fieldset className={styles.ports}>
      <legend>{words.port}</legend>
      <div className={styles.cards}>
        {answer?.map((port) => (
          <label
            key={port.path}
            className={classes(styles.card, port.path === props.path && !typed && styles.chosen)}
          >
            <input
              type="radio"
              name="port"
              checked={port.path === props.path && !typed}
              onChange={() => {
                setTyping(false);
                props.onPath(port.path);
              }}
            />
            <Icon name="serial" />
            <span className={styles.text}>
              <b>{port.label}</b>
              <small>{[port.manufacturer, port.serialNumber].filter(Boolean).join(", ") || port.path}</small>
            </span>
            {port.simulated && <Chip state="idle">{words.simulated}</Chip>}
          </label>
        ))}
        <label className={classes(styles.card, typed && styles.chosen)}>
          <input type="radio" name="port" checked={typed} onChange={() => setTyping(true)} />
          <Icon name="pencil" />
          <span className={styles.text}>
            <b>{words.portOther}</b>
          </span>
        </label>
      </div>
      {advice && (
        <p className={styles.advice}>
          <Icon name="clock" /> {sayPhrase(language, advice)}
        </p>
      )}
      {answer?.length === 0 && <p className="dim">{words.portsNone}</p>}
      <Failures failures={failures} />
      {typed && (
        <TextField
          label={words.portPath}
          hint={words.portPathHint}
          value={props.path}
          onChange={props.onPath}
          mono
        />
      )}
      {props.problem && <p className="bad">{props.problem}</p>}
      <div>
        <Button size="small" kind="quiet" icon="refresh" busy={asking} onClick={again}>
          {words.portsAgain}
        </Button>
      </div>
    </fieldset>
  );
}
