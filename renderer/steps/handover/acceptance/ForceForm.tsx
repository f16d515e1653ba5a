import { Modal } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { FieldRow, Form, TextField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Acceptance.module.css";
import { TagChoice } from "./TagChoice.tsx";

/** Puts on record that a value is held by force, and what stood there before. */
export function ForceForm({ by, onClose }: { readonly by: string; readonly onClose: () => void }) {
  const words = useWords().acceptance;
  const parts = useWords().parts;
  const act = useAct();
  const [tag, setTag] = useState("");
  const [before, setBefore] = useState("");
  const [value, setValue] = useState("");

  async function save(): Promise<void> {
    const done = await act("acceptance.record", { act: { act: "force", tag, value, before, by } });
    if (done !== undefined) onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={words.force}
      closeButtonProps={{ "aria-label": parts.close }}
      centered
    >
      <Form label={words.force} onSubmit={() => void save()}>
        <TagChoice value={tag} onChange={setTag} />
        <FieldRow>
          <TextField label={words.before} value={before} longest={200} onChange={setBefore} />
          <TextField label={words.value} value={value} longest={200} onChange={setValue} />
        </FieldRow>
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={tag === "" || value === ""}>
            {words.forceSave}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}

/** Puts on record that it was let go, and what the point shows then. */
export function ReleaseForm(props: {
  readonly tag: string;
  readonly by: string;
  readonly onClose: () => void;
}) {
  const words = useWords().acceptance;
  const parts = useWords().parts;
  const act = useAct();
  const { tag, by, onClose } = props;
  const [found, setFound] = useState("");

  async function save(): Promise<void> {
    const done = await act("acceptance.record", { act: { act: "release", tag, found, by } });
    if (done !== undefined) onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={words.release}
      closeButtonProps={{ "aria-label": parts.close }}
      centered
    >
      <Form label={words.release} onSubmit={() => void save()}>
        <p>{tag}</p>
        <TextField label={words.found} value={found} longest={200} autoFocus onChange={setFound} />
        <div className={styles.buttons}>
          <Button kind="primary" type="submit" disabled={found === ""}>
            {words.release}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
