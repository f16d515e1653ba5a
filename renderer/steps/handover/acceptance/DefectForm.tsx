import { Modal } from "@mantine/core";
import { useState } from "react";
import type { Defect } from "#domain/acceptance/acceptance.ts";
import type { Act } from "#domain/acceptance/act.ts";
import { severities } from "#domain/acceptance/checklist.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { FieldRow, Form, SelectField, TextField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Acceptance.module.css";
import { type DefectDraft, isDay } from "./model.ts";

/** One item of the punch list: what, how bad, who, until when; or closed with what was done. */
export function DefectForm(props: {
  /** undefined: a new one */
  readonly defect: Defect | undefined;
  readonly says: string;
  readonly by: string;
  readonly onClose: () => void;
}) {
  const words = useWords().acceptance;
  const parts = useWords().parts;
  const act = useAct();
  const { defect, by } = props;
  const [draft, setDraft] = useState<DefectDraft>({
    says: props.says,
    severity: defect?.severity ?? "minor",
    owner: defect?.owner ?? "",
    due: defect?.due ?? "",
    note: "",
  });
  const set = (change: Partial<DefectDraft>) => setDraft({ ...draft, ...change });
  const title = defect === undefined ? words.newDefect : words.defectTitle(String(defect.number));
  const { severity, owner, due, says, note } = draft;

  async function record(what: Act): Promise<void> {
    if ((await act("acceptance.record", { act: what as never })) !== undefined) props.onClose();
  }

  function save(): void {
    if (!isDay(due)) return;
    if (defect === undefined) void record({ act: "defect", says, severity, owner, due, photos: [], by });
    else void record({ act: "assign", defect: defect.number, severity, owner, due, by });
  }

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={title}
      closeButtonProps={{ "aria-label": parts.close }}
      size="lg"
      centered
    >
      <Form label={title} onSubmit={save}>
        {defect === undefined ? (
          <TextField
            label={words.what}
            value={says}
            longest={1000}
            autoFocus
            onChange={(text) => set({ says: text })}
          />
        ) : (
          <p>{says}</p>
        )}
        <FieldRow>
          <SelectField
            label={words.severity}
            value={severity}
            options={severities.map((value) => ({ value, label: words[value] }))}
            onChange={(value) => set({ severity: value })}
          />
          <TextField
            label={words.owner}
            value={owner}
            longest={127}
            onChange={(text) => set({ owner: text })}
          />
          <TextField
            label={words.due}
            value={due}
            longest={10}
            placeholder="2026-12-31"
            problem={isDay(due) ? undefined : words.dayHint}
            onChange={(text) => set({ due: text })}
          />
        </FieldRow>
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={says.trim() === "" || !isDay(due)}>
            {words.save}
          </Button>
        </div>
        {defect !== undefined && (
          <div className={styles.closing}>
            <TextField
              label={words.closeNote}
              value={note}
              longest={1000}
              onChange={(text) => set({ note: text })}
            />
            <Button
              icon="check"
              disabled={note.trim() === ""}
              onClick={() => void record({ act: "close", defect: defect.number, note, photos: [], by })}
            >
              {words.close}
            </Button>
          </div>
        )}
      </Form>
    </Modal>
  );
}
