import type { Line } from "#domain/site/site.ts";
import { useItems } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { Dot } from "../../parts/Chip.tsx";
import { classes } from "../../parts/classes.ts";
import { useWords } from "../../words/language.ts";
import styles from "./LineTabs.module.css";

/** The lines of the site side by side, with how each stands; the last adds one. */
export function LineTabs(props: {
  readonly lines: readonly Line[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
}) {
  const { line: words, frame } = useWords();
  const links = useItems("links");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not a form
    <div className={styles.lines} role="group" aria-label={words.lines}>
      {props.lines.map((line) => {
        const state = links.find((link) => link.key === `line:${line.id}`)?.state ?? "idle";
        return (
          <button
            key={line.id}
            type="button"
            className={classes(styles.line, line.id === props.chosen && styles.chosen)}
            aria-pressed={line.id === props.chosen}
            aria-label={`${line.name}, ${frame.linkStates[state]}`}
            onClick={() => props.onChoose(line.id)}
          >
            <Dot state={state} />
            {line.name}
          </button>
        );
      })}
      <Button size="small" kind="quiet" icon="plus" onClick={props.onAdd}>
        {words.add}
      </Button>
    </div>
  );
}
