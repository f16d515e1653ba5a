import { useState } from "react";
import type { FailureView, SiteView } from "#contract/views.ts";
import type { Program } from "#domain/gateway/program.ts";
import { useItem, useWorkbench } from "../../../client/hooks.ts";
import { handIn } from "../../../client/transfer.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failures } from "../../../parts/Failure.tsx";
import { FieldRow, Form, PasswordField, TextField } from "../../../parts/Fields.tsx";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Beside.module.css";
import { usualUrl } from "./usualUrl.ts";

/** Address and account of such a program; for NanoMQ its file, where it does not give it out. */
export function ProgramSignIn(props: {
  readonly program: Program;
  readonly head: SiteView["head"];
  readonly onClose: () => void;
}) {
  const { program, head } = props;
  const words = useWords().beside;
  const workbench = useWorkbench();
  const session = useItem("session", "session");
  const known = program === "nanomq" ? head.bridge?.url : head.rules?.url;
  const [url, setUrl] = useState(known || session?.beside?.[program] || usualUrl(program, head.gateway?.url));
  const [user, setUser] = useState(head.bridge?.user || "admin");
  const [password, setPassword] = useState("");
  const [file, setFile] = useState<File | undefined>(undefined);
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [busy, setBusy] = useState(false);

  async function open(): Promise<void> {
    setBusy(true);
    try {
      const uploadId = file ? await handIn(workbench, file) : null;
      await workbench.call("program.signIn", {
        program,
        url: url.trim(),
        user: user.trim(),
        password,
        uploadId,
      });
    } catch (error) {
      setFailures(failuresIn(error));
    }
    setBusy(false);
  }

  return (
    <div className={styles.signIn}>
      <Form label={words.open[program]} onSubmit={() => void open()}>
        <TextField
          label={words.url}
          hint={words.urlHint[program]}
          value={url}
          onChange={setUrl}
          mono
          longest={255}
        />
        {program === "nanomq" && (
          <>
            <FieldRow>
              <TextField label={words.user} value={user} onChange={setUser} longest={64} />
              <PasswordField
                label={words.password}
                hint={words.factory}
                value={password}
                onChange={setPassword}
                longest={64}
              />
            </FieldRow>
            <div className={styles.file}>
              <FileButton size="small" icon="file" accept=".conf,text/plain" onFile={setFile}>
                {words.fileChoose}
              </FileButton>
              <span className="dim">{file ? words.fileChosen(file.name) : words.fileHint}</span>
            </div>
          </>
        )}
        <Failures failures={failures} />
        <div className={styles.buttons}>
          <Button type="submit" busy={busy} disabled={url.trim() === ""}>
            {words.open[program]}
          </Button>
          <Button kind="quiet" onClick={props.onClose}>
            {words.cancel}
          </Button>
        </div>
      </Form>
    </div>
  );
}
