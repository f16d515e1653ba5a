import { Modal } from "@mantine/core";
import type { CallOutput } from "#contract/contract.ts";
import type { Program } from "#domain/gateway/program.ts";
import { Button } from "../../../parts/Button.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Beside.module.css";

/** More than these would only be scrolled over: the table behind has them all. */
const named = 6;

/** Says what will happen to the program before it happens. */
export function ConfirmProgram(props: {
  readonly opened: boolean;
  readonly program: Program;
  readonly url: string;
  readonly diff: CallOutput<"program.diff">;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { beside: words, parts } = useWords();
  const language = useLanguage();
  const { program, diff } = props;
  const count = (value: number) => number(language, value);
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.confirmTitle(words.program[program])}
      closeButtonProps={{ "aria-label": parts.close }}
      size="lg"
      centered
    >
      <div className={styles.will}>
        <p>{words.confirmSays(count(diff.total), props.url)}</p>
        <ul>
          {diff.rows.slice(0, named).map((row) => (
            <li key={[row.kind, row.item, row.field].join("\n")}>
              {words.changes[row.change]} · {words.diffKinds[row.kind]} <b>{row.item}</b> {row.field}
            </li>
          ))}
          {diff.total > named && <li>{words.more(count(diff.total - named))}</li>}
        </ul>
        <p>{words.confirmSteps}</p>
        <p className="dim">{words.confirmPause[program]}</p>
        <div className={styles.buttons}>
          <Button onClick={props.onClose}>{words.back}</Button>
          <Button kind="primary" icon="upload" onClick={props.onConfirm}>
            {words.confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
