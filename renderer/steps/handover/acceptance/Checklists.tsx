import { type KeyboardEvent, useRef, useState } from "react";
import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import { useAct } from "../../../client/hooks.ts";
import { useLanguage, useWords } from "../../../words/language.ts";
import styles from "./Acceptance.module.css";
import { CheckLine, type Noting } from "./CheckLine.tsx";
import {
  type CheckRow,
  firstLeft,
  judgedIn,
  neighbour,
  type Result,
  resultOfKey,
  sectionsOf,
} from "./model.ts";

/** The plan, section by section. One line has the focus: arrows move it, a letter judges it. */
export function Checklists(props: {
  readonly state: AcceptanceView["state"];
  readonly by: string;
  readonly isClosed: boolean;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const act = useAct();
  const lines = useRef(new Map<string, HTMLElement>());
  const [focus, setFocus] = useState<string>();
  /** the line whose remark is open: to a new answer, or to the one that stands */
  const [noting, setNoting] = useState<{ readonly key: string; readonly note: Noting }>();
  const sections = sectionsOf(props.state);
  const at = focus ?? firstLeft(sections);

  function move(key: string, step: 1 | -1): void {
    const next = neighbour(sections, key, step);
    setFocus(next);
    lines.current.get(next)?.focus();
  }

  async function record(row: CheckRow, result: Result, note: string, photos: readonly string[]) {
    const { key } = row.item;
    const input = { act: "check", item: key, result, note, photos: [...photos], by: props.by } as const;
    if ((await act("acceptance.record", { act: input })) === undefined) return;
    setNoting(undefined);
    move(key, 1);
  }

  function judge(row: CheckRow, result: Result): void {
    if (props.isClosed) return;
    if (result === "nok") setNoting({ key: row.item.key, note: { result, first: "" } });
    else void record(row, result, "", []);
  }

  function onKey(row: CheckRow, event: KeyboardEvent): void {
    // Letters that are typed into the remark are not answers.
    if (event.target !== event.currentTarget && (event.target as HTMLElement).tagName !== "BUTTON") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const result = resultOfKey(event.key);
    if (event.key === "ArrowDown") move(row.item.key, 1);
    else if (event.key === "ArrowUp") move(row.item.key, -1);
    else if (result !== undefined) judge(row, result);
    else return;
    event.preventDefault();
  }

  return (
    <div>
      <p className={styles.keys}>{words.keys}</p>
      {sections.map((section) => (
        <section key={section.key} aria-label={section.title[language]}>
          <h3 className={styles.sectionHead}>
            {section.title[language]}
            <span>
              {judgedIn(section)} / {section.rows.length}
            </span>
          </h3>
          <ul className={styles.checks}>
            {section.rows.map((row) => (
              <CheckLine
                key={row.item.key}
                row={row}
                isClosed={props.isClosed}
                isAt={row.item.key === at}
                noting={noting?.key === row.item.key ? noting.note : undefined}
                lineRef={(element) => {
                  if (element) lines.current.set(row.item.key, element);
                  else lines.current.delete(row.item.key);
                }}
                onFocus={() => setFocus(row.item.key)}
                onKey={(event) => onKey(row, event)}
                onJudge={(result) => judge(row, result)}
                onNote={(note) => setNoting(note && { key: row.item.key, note })}
                onSave={(result, note, photos) => void record(row, result, note, photos)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
