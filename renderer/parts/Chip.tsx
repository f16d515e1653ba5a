import type { ReactNode } from "react";
import styles from "./Chip.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";

export type State = "ok" | "warn" | "bad" | "busy" | "idle";

const icons: Readonly<Record<State, IconName>> = {
  ok: "check",
  warn: "warn",
  bad: "cross",
  busy: "busy",
  idle: "dots",
};

/** A state as an icon and a word: colour alone never says it. */
export function Chip({ state, children }: { readonly state: State; readonly children: ReactNode }) {
  return (
    <span className={classes(styles.chip, styles[state])}>
      <Icon name={icons[state]} size={12} />
      {children}
    </span>
  );
}

/** The state's icon in its colour, for a place that has its word beside it. */
export function StateIcon({ state, size = 14 }: { readonly state: State; readonly size?: number }) {
  return (
    <span className={classes(styles.icon, styles[`${state}Icon`])}>
      <Icon name={icons[state]} size={size} />
    </span>
  );
}

/** A dot whose shape differs by state: disc, triangle, square, ring. */
export function Dot({ state }: { readonly state: State }) {
  return <i className={classes(styles.dot, styles[`${state}Dot`])} aria-hidden="true" />;
}
