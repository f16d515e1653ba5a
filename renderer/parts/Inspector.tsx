import type { ReactNode } from "react";
import styles from "./Inspector.module.css";

/** The right column: what is this, what to try, raw evidence. */
export function Inspector({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <aside className={styles.inspector} aria-label={title} tabIndex={0}>
      <h2>{title}</h2>
      {children}
    </aside>
  );
}

export function InspectorPart(props: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      {props.title !== undefined && <h3>{props.title}</h3>}
      {props.children}
    </section>
  );
}

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  /** monospaced: hex, paths, topics */
  readonly mono?: boolean;
}

/** Names and values in two columns. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map((fact) => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd className={fact.mono ? "mono" : undefined}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
