import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";
import { Icon, type IconName } from "./Icon.tsx";

/** What to do when there is nothing yet: one sentence and the one next action. */
export function EmptyState(props: {
  readonly icon?: IconName;
  readonly says: ReactNode;
  /** a Button */
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {props.icon && (
        <span className={styles.icon}>
          <Icon name={props.icon} size={28} />
        </span>
      )}
      <p>{props.says}</p>
      {props.children}
    </div>
  );
}
