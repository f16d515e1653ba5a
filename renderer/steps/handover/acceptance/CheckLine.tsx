import type { KeyboardEvent } from "react";
import { IconButton } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { classes } from "../../../parts/classes.ts";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";
import type { CheckRow, Result } from "./model.ts";
import { Remark } from "./Remark.tsx";

const results = ["ok", "nok", "na"] as const;
const states = { ok: "ok", nok: "bad", na: "idle" } as const;

/** An open remark: the answer it belongs to, and the text that it begins with. */
export interface Noting {
  readonly result: Result;
  readonly first: string;
}

/** One item: what is to be judged, the three answers, and what was remarked. */
export function CheckLine(props: {
  readonly row: CheckRow;
  readonly isClosed: boolean;
  readonly isAt: boolean;
  readonly noting: Noting | undefined;
  readonly lineRef: (element: HTMLElement | null) => void;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onJudge: (result: Result) => void;
  readonly onNote: (noting: Noting | undefined) => void;
  readonly onSave: (result: Result, note: string, photos: readonly string[]) => void;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const { row, noting } = props;
  const { item, result, note, photos, attempts } = row;
  const says = item.says[language];
  const told = [
    note,
    photos > 0 ? words.photoAdded(number(language, photos)) : "",
    attempts > 1 ? words.attempts(number(language, attempts)) : "",
  ].filter((text) => text !== "");
  return (
    <li
      ref={props.lineRef}
      tabIndex={props.isAt ? 0 : -1}
      className={styles.check}
      aria-label={`${says} ${result === undefined ? words.left : words.resultNames[result]}`}
      onFocus={props.onFocus}
      onKeyDown={props.onKey}
    >
      <div className={styles.line}>
        <span className={styles.sign}>
          <StateIcon state={result === undefined ? "idle" : states[result]} />
        </span>
        <div className={styles.says}>
          <p>
            {says}
            <span className={styles.severity}>{words[item.severity]}</span>
          </p>
          {item.how && <p className={styles.how}>{item.how[language]}</p>}
          {told.length > 0 && <p className={styles.told}>{told.join(" · ")}</p>}
        </div>
        {!props.isClosed && (
          // biome-ignore lint/a11y/useSemanticElements: three answers of one line, no form of its own
          <div className={styles.answers} role="group" aria-label={says}>
            {results.map((one) => (
              <button
                key={one}
                type="button"
                tabIndex={props.isAt ? 0 : -1}
                className={classes(styles.answer, result === one && styles[one])}
                aria-pressed={result === one}
                aria-label={`${words.results[one]}: ${says}`}
                title={words.resultNames[one]}
                onClick={() => props.onJudge(one)}
              >
                {words.results[one]}
              </button>
            ))}
            <IconButton
              icon="pencil"
              label={`${words.addRemark}: ${says}`}
              disabled={result === undefined}
              onClick={() =>
                props.onNote(noting === undefined && result ? { result, first: note } : undefined)
              }
            />
          </div>
        )}
      </div>
      {noting !== undefined && (
        <Remark
          label={words.remarkFor(says)}
          first={noting.first}
          isNeeded={noting.result === "nok"}
          onSave={(text, taken) => props.onSave(noting.result, text, taken)}
          onCancel={() => props.onNote(undefined)}
        />
      )}
    </li>
  );
}
