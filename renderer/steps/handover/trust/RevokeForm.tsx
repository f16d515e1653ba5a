import { useState } from "react";
import { Button } from "../../../parts/Button.tsx";
import { Form, TextAreaField } from "../../../parts/Fields.tsx";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { useWords } from "../../../words/language.ts";
import { keyLines } from "./keyLines.ts";
import styles from "./TrustPanel.module.css";
import type { Trust } from "./useTrust.ts";

/** Takes trust from technicians' keys: a first list, or a longer one than before. */
export function RevokeForm({ trust }: { readonly trust: Trust }) {
  const words = useWords().trust;
  const [text, setText] = useState("");
  const keys = keyLines(text);

  async function addTo(file: File): Promise<void> {
    if (keys === undefined) return;
    const uploadId = await trust.upload(file);
    if (uploadId !== undefined) await trust.make("trust.revoke", { uploadId, keys });
  }

  return (
    <Form
      label={words.revoke}
      onSubmit={() => void (keys && trust.make("trust.revoke", { uploadId: null, keys }))}
    >
      <h4>{words.revoke}</h4>
      <TextAreaField
        label={words.revokedKeys}
        hint={words.revokeHint}
        problem={text === "" || keys ? undefined : words.noKey}
        value={text}
        rows={2}
        mono
        onChange={setText}
      />
      <div className={styles.buttons}>
        <FileButton accept=".dsse" disabled={!keys} onFile={(file) => void addTo(file)}>
          {words.addToList}
        </FileButton>
        <Button type="submit" kind="quiet" disabled={!keys}>
          {words.firstList}
        </Button>
      </div>
    </Form>
  );
}
