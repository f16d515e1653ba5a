import { Modal } from "@mantine/core";
import { Button } from "../../parts/Button.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import styles from "./ApplyPanel.module.css";
import type { Plan } from "./plan.ts";

/** Says exactly what will happen to the gateway before it happens. */
export function ConfirmApply(props: {
  readonly opened: boolean;
  readonly plan: Plan;
  readonly url: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const words = useWords().handover.apply;
  const parts = useWords().parts;
  const language = useLanguage();
  const { nodes, tags } = props.plan;
  const count = (value: number) => number(language, value);
  const list = (names: readonly string[]) => names.join(language === "zh" ? "、" : ", ");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.confirmTitle}
      closeButtonProps={{ "aria-label": parts.close }}
      size="lg"
      centered
    >
      <div className={styles.will}>
        <p>{words.confirmSays(props.url)}</p>
        <ul>
          {nodes.add.length > 0 && <li>{words.will.addNodes(list(nodes.add))}</li>}
          {nodes.change.length > 0 && <li>{words.will.changeNodes(list(nodes.change))}</li>}
          {nodes.remove.length > 0 && (
            <li className={styles.removes}>{words.will.removeNodes(list(nodes.remove))}</li>
          )}
          <li>{words.will.tags(count(tags.add), count(tags.change), count(tags.remove))}</li>
        </ul>
        <p>{words.confirmSteps}</p>
        <p className="dim">{words.confirmPause}</p>
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
