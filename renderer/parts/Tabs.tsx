import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { classes } from "./classes.ts";
import styles from "./Tabs.module.css";

export interface Tab {
  readonly key: string;
  readonly title: string;
  /** beside the title: a count, a state */
  readonly mark?: ReactNode;
  readonly content: ReactNode;
}

const remembered = new Map<string, string>();

/** Which tab is open under `name`; it comes back as long as the page lives. */
export function useTab(name: string): { readonly chosen: string | undefined; choose(key: string): void } {
  const [chosen, setChosen] = useState(remembered.get(name));
  return {
    chosen,
    choose(key) {
      remembered.set(name, key);
      setChosen(key);
    },
  };
}

/** Parts of a step that are worked on one at a time. Arrows, Home and End move between them. */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly tab: ReturnType<typeof useTab>;
}) {
  const { tabs } = props;
  const id = useId();
  const shown = tabs.find((tab) => tab.key === props.tab.chosen) ?? tabs[0];
  if (shown === undefined) return null;

  function choose(tab: Tab): void {
    props.tab.choose(tab.key);
    document.getElementById(`${id}-${tab.key}`)?.focus();
  }

  function press(event: KeyboardEvent, at: number): void {
    const next = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    const tab = next === undefined ? undefined : tabs[next];
    if (tab === undefined) return;
    event.preventDefault();
    choose(tab);
  }

  return (
    <>
      <div className={styles.tabs} role="tablist" aria-label={props.label}>
        {tabs.map((tab, at) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            aria-controls={`${id}-panel`}
            tabIndex={tab === shown ? 0 : -1}
            className={classes(styles.tab, tab === shown && styles.chosen)}
            onClick={() => choose(tab)}
            onKeyDown={(event) => press(event, at)}
          >
            {tab.title}
            {tab.mark}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown.key}`} className={styles.panel}>
        {shown.content}
      </div>
    </>
  );
}
