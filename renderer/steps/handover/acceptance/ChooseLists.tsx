import { useState } from "react";
import type { Checklist } from "#domain/acceptance/checklist.ts";
import { useAct, useAnswer } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failures } from "../../../parts/Failure.tsx";
import { CheckField } from "../../../parts/Fields.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";
import { notPlanned } from "./model.ts";

/** The checklists that a test can be made of; nothing once all are in it. */
export function ChooseLists({ planned }: { readonly planned: readonly Pick<Checklist, "id">[] }) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const act = useAct();
  const { answer, failures } = useAnswer("checklists.list", {});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const isFirst = planned.length === 0;
  const lists = notPlanned(answer?.checklists ?? [], planned);
  const ids = chosen.filter((id) => lists.some((list) => list.id === id));

  async function start(): Promise<void> {
    setBusy(true);
    await act("acceptance.plan", { checklists: [...ids] });
    setBusy(false);
  }

  if (failures.length > 0) return <Failures failures={failures} />;
  if (answer === undefined || (lists.length === 0 && !isFirst)) return null;
  return (
    <fieldset className={styles.lists}>
      <legend>{isFirst ? words.choose : words.addLists}</legend>
      {lists.length === 0 && <p className="dim">{words.noLists}</p>}
      {lists.map(({ id, title, source, items }) => (
        <CheckField
          key={id}
          label={`${title[language]} · ${words.items(number(language, items))}`}
          hint={source[language]}
          value={ids.includes(id)}
          onChange={(on) => setChosen(on ? [...ids, id] : ids.filter((one) => one !== id))}
        />
      ))}
      <Failures failures={answer.problems} />
      <div className={styles.buttons}>
        <Button
          icon={isFirst ? "play" : "plus"}
          busy={busy}
          disabled={ids.length === 0}
          onClick={() => void start()}
        >
          {isFirst ? words.start : words.add}
        </Button>
      </div>
    </fieldset>
  );
}
