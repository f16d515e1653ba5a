import { useState } from "react";
import { useAct, useWorkbench } from "../../../client/hooks.ts";
import { base64Pieces } from "../../../client/transfer.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { Button } from "../../../parts/Button.tsx";
import { TextField } from "../../../parts/Fields.tsx";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { showFailures } from "../../../parts/notices.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { number } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";

/** What was seen, in words and photos. Enter saves, Escape leaves. */
export function Remark(props: {
  readonly label: string;
  readonly first: string;
  /** what is not in order cannot go without a word */
  readonly isNeeded: boolean;
  readonly onSave: (note: string, photos: readonly string[]) => void;
  readonly onCancel: () => void;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const workbench = useWorkbench();
  const act = useAct();
  const [note, setNote] = useState(props.first);
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const isReady = !busy && (!props.isNeeded || note.trim() !== "");

  async function take(file: File): Promise<void> {
    setBusy(true);
    try {
      const uploadId = crypto.randomUUID();
      for (const text of base64Pieces(new Uint8Array(await file.arrayBuffer())))
        await workbench.call("upload.append", { id: uploadId, text });
      const kept = await act("acceptance.photo", { uploadId });
      if (kept) setPhotos((before) => [...new Set([...before, kept.sha256])]);
    } catch (error) {
      showFailures(failuresIn(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className={styles.remark}
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) props.onSave(note.trim(), photos);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onCancel();
        event.stopPropagation();
      }}
    >
      <div className={styles.note}>
        <TextField
          label={props.isNeeded ? words.whatIsWrong : words.remark}
          value={note}
          longest={1000}
          focuses
          onChange={setNote}
        />
      </div>
      <FileButton icon="camera" accept="image/jpeg,image/png" busy={busy} onFile={(file) => void take(file)}>
        {photos.length === 0 ? words.photo : words.photoAdded(number(language, photos.length))}
      </FileButton>
      <Button type="submit" disabled={!isReady}>
        {props.isNeeded ? words.saveNok : words.saveRemark}
      </Button>
      <Button kind="quiet" onClick={props.onCancel}>
        {words.cancel}
      </Button>
    </form>
  );
}
