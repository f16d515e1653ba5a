import { useState } from "react";
import { Button } from "../../../parts/Button.tsx";
import { FieldRow, Form, NumberField, TextAreaField, TextField } from "../../../parts/Fields.tsx";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { useWords } from "../../../words/language.ts";
import { keyLines } from "./keyLines.ts";
import styles from "./TrustPanel.module.css";
import type { Trust } from "./useTrust.ts";

/** The owner's root: whose keys, and how many of them must sign. A new one, or the next version of one. */
export function RootForm({ trust, own }: { readonly trust: Trust; readonly own: string }) {
  const words = useWords().trust;
  const [owner, setOwner] = useState("");
  const [threshold, setThreshold] = useState(1);
  const [text, setText] = useState(own);
  const keys = keyLines(text);
  const fits = keys !== undefined && threshold <= keys.length;

  async function rotate(file: File): Promise<void> {
    if (keys === undefined) return;
    const uploadId = await trust.upload(file);
    if (uploadId !== undefined) await trust.make("trust.rotate", { uploadId, threshold, keys });
  }

  return (
    <Form
      label={words.root}
      onSubmit={() => void (fits && trust.make("trust.makeRoot", { owner, threshold, keys }))}
    >
      <FieldRow>
        <TextField label={words.ownerName} value={owner} longest={127} onChange={setOwner} />
        <NumberField label={words.threshold} min={1} max={16} value={threshold} onChange={setThreshold} />
      </FieldRow>
      <TextAreaField
        label={words.rootKeys}
        hint={words.rootKeysHint}
        problem={keys === undefined ? words.noKey : fits ? undefined : words.tooFew}
        value={text}
        rows={3}
        mono
        onChange={setText}
      />
      <div className={styles.buttons}>
        <Button type="submit" disabled={!fits || owner.trim() === ""}>
          {words.makeRoot}
        </Button>
        <FileButton accept=".dsse" kind="quiet" disabled={!fits} onFile={(file) => void rotate(file)}>
          {words.rotate}
        </FileButton>
      </div>
    </Form>
  );
}
