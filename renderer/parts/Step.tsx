import type { ReactNode } from "react";
import styles from "./Step.module.css";

/** A step's page: its head, its work below, and the inspector at the right when there is something to inspect. */
export function Step(props: {
  readonly head: ReactNode;
  readonly inspector?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.step}>
      {props.head}
      <div className={styles.columns}>
        <div className={styles.work}>{props.children}</div>
        {props.inspector}
      </div>
    </div>
  );
}

/** Title, one sentence of purpose, and the actions at the right: the primary one last. */
export function StepHead(props: {
  readonly title: string;
  readonly says?: ReactNode;
  /** buttons */
  readonly children?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <h1>{props.title}</h1>
      {props.says !== undefined && <p>{props.says}</p>}
      {props.children !== undefined && <div className={styles.actions}>{props.children}</div>}
    </header>
  );
}

/** A titled part of a step; space sets it apart, no box. `fills` takes the height that is left. */
export function Section(props: {
  readonly title: string;
  readonly says?: ReactNode;
  /** small buttons at the right of the title */
  readonly actions?: ReactNode;
  readonly fills?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={props.fills ? styles.sectionFill : styles.section} aria-label={props.title}>
      <div className={styles.sectionHead}>
        <h2>{props.title}</h2>
        {props.says !== undefined && <span className={styles.says}>{props.says}</span>}
        {props.actions !== undefined && <div className={styles.actions}>{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}
