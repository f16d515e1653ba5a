import { Modal } from "@mantine/core";
import { useState } from "react";
import { stimuli } from "#domain/acceptance/act.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { FieldRow, Form, SelectField, TextField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Acceptance.module.css";
import { actOfDraft, isDay, newPointDraft, type PointDraft } from "./model.ts";
import { TagChoice } from "./TagChoice.tsx";

const results = ["pass", "fail", "na", "deferred"] as const;
const writeParts = ["before", "written", "readBack", "restored"] as const;

/** The record of one point that was tested by hand. */
export function PointForm(props: {
  readonly tag: string;
  readonly by: string;
  readonly onClose: () => void;
}) {
  const words = useWords().acceptance;
  const parts = useWords().parts;
  const act = useAct();
  const [draft, setDraft] = useState<PointDraft>({ ...newPointDraft, tag: props.tag });
  const set = (change: Partial<PointDraft>) => setDraft({ ...draft, ...change });
  const { stimulus, result, note } = draft;
  const setStimulus = (change: Partial<PointDraft["stimulus"]>) =>
    set({ stimulus: { ...stimulus, ...change } });
  const needsNote = (result === "fail" || result === "deferred") && note.trim() === "";
  const isReady = draft.tag !== "" && !needsNote && isDay(stimulus.calibratedOn);
  const text = (label: string, value: string, onChange: (value: string) => void) => (
    <TextField key={label} label={label} value={value} longest={200} onChange={onChange} />
  );

  async function save(): Promise<void> {
    if (!isReady) return;
    const done = await act("acceptance.record", { act: actOfDraft(draft, props.by) as never });
    if (done !== undefined) props.onClose();
  }

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={words.testPoint}
      closeButtonProps={{ "aria-label": parts.close }}
      size="xl"
      centered
    >
      <Form label={words.testPoint} onSubmit={() => void save()}>
        <TagChoice value={draft.tag} onChange={(tag) => set({ tag })} />
        <FieldRow>
          <SelectField
            label={words.stimulus}
            value={stimulus.kind}
            options={stimuli.map((value) => ({ value, label: words.stimuli[value] }))}
            onChange={(kind) => setStimulus({ kind })}
          />
          {stimulus.kind !== "none" &&
            text(words.applied, stimulus.applied, (applied) => setStimulus({ applied }))}
        </FieldRow>
        {stimulus.kind !== "none" && (
          <FieldRow>
            {text(words.instrument, stimulus.instrument, (instrument) => setStimulus({ instrument }))}
            <TextField
              label={words.calibratedOn}
              value={stimulus.calibratedOn}
              longest={10}
              problem={isDay(stimulus.calibratedOn) ? undefined : words.dayHint}
              onChange={(calibratedOn) => setStimulus({ calibratedOn })}
            />
          </FieldRow>
        )}
        <FieldRow>
          {text(words.expected, draft.expected, (expected) => set({ expected }))}
          {text(words.tolerance, draft.tolerance, (tolerance) => set({ tolerance }))}
          {text(words.shown, draft.shown, (shown) => set({ shown }))}
        </FieldRow>
        <details className={styles.more}>
          <summary>{words.alarms}</summary>
          {draft.alarms.map((alarm, index) => {
            const change = (part: object) =>
              set({ alarms: draft.alarms.map((one, at) => (at === index ? { ...one, ...part } : one)) });
            return (
              <FieldRow key={alarm.limit}>
                {text(words.limitExpected(alarm.limit), alarm.expected, (expected) => change({ expected }))}
                {text(words.limitActual(alarm.limit), alarm.actual, (actual) => change({ actual }))}
              </FieldRow>
            );
          })}
        </details>
        <details className={styles.more}>
          <summary>{words.write}</summary>
          <FieldRow>
            {writeParts.map((part) =>
              text(words[part], draft.write?.[part] ?? "", (value) =>
                set({
                  write: { ...(draft.write ?? newPointDraft.write), [part]: value } as PointDraft["write"],
                }),
              ),
            )}
          </FieldRow>
        </details>
        <FieldRow>
          <SelectField
            label={words.result}
            value={result}
            options={results.map((value) => ({ value, label: words.pointResults[value] }))}
            onChange={(value) => set({ result: value })}
          />
          <TextField
            label={words.remark}
            value={note}
            longest={1000}
            onChange={(value) => set({ note: value })}
          />
        </FieldRow>
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={!isReady}>
            {words.save}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
