import type { ReactNode } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";

export interface ButtonProps {
  readonly children: ReactNode;
  /** primary: the one action of a screen; plain: bordered; quiet: text alone; danger: takes something away */
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  /** large is 40 px for fingers in gloves; small is 30 px inside tables and panels */
  readonly size?: "large" | "small";
  readonly icon?: IconName;
  readonly disabled?: boolean;
  /** waits for an answer: shows it and takes no second click */
  readonly busy?: boolean;
  readonly type?: "button" | "submit";
  /** what a screen reader says where the text alone is not enough */
  readonly label?: string;
  readonly pressed?: boolean;
  /** what it does, in a sentence, on hover */
  readonly hint?: string;
  readonly onClick?: () => void;
}

/** A button with a word on it. */
export function Button({ kind = "plain", size = "large", type = "button", ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={classes(styles.button, styles[kind], styles[size])}
      disabled={props.disabled || props.busy}
      aria-busy={props.busy || undefined}
      aria-label={props.label}
      aria-pressed={props.pressed}
      title={props.hint}
      onClick={props.onClick}
    >
      {props.busy ? (
        <span className={styles.turning}>
          <Icon name="busy" />
        </span>
      ) : (
        props.icon && <Icon name={props.icon} />
      )}
      {props.children}
    </button>
  );
}

/** A button that is a drawing alone; `label` is its name and its tooltip. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** large is 40 px with a border, beside large buttons */
  readonly size?: "large" | "small";
  readonly onClick?: () => void;
}) {
  return (
    <button
      type="button"
      className={classes(styles.iconButton, props.size === "large" && styles.largeIcon)}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
