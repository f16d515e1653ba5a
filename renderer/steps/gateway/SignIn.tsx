import { useState } from "react";
import type { FailureView, SiteView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Form, PasswordField, TextField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./SignIn.module.css";

/** Address, user and password of the gateway. The password is never kept by the page. */
export function SignIn({ head }: { readonly head: SiteView["head"] }) {
  const words = useWords().gateway;
  const workbench = useWorkbench();
  const [url, setUrl] = useState(head.gateway?.url ?? "http://");
  const [user, setUser] = useState(head.gateway?.user || "admin");
  const [password, setPassword] = useState("");
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [busy, setBusy] = useState(false);

  async function signIn(): Promise<void> {
    setBusy(true);
    try {
      await workbench.call("gateway.signIn", { url: url.trim(), user: user.trim(), password });
    } catch (error) {
      setFailures(failuresIn(error));
    }
    setBusy(false);
  }

  return (
    <div className={styles.signIn}>
      <p className="dim">{words.none}</p>
      <Form label={words.signIn} onSubmit={() => void signIn()}>
        <TextField label={words.url} hint={words.urlHint} value={url} onChange={setUrl} mono longest={255} />
        <TextField label={words.user} value={user} onChange={setUser} longest={64} />
        <PasswordField
          label={words.password}
          hint={head.training ? words.trainingHint : undefined}
          value={password}
          onChange={setPassword}
          longest={64}
        />
        <Failures failures={failures} />
        <div>
          <Button kind="primary" type="submit" busy={busy} disabled={url.trim() === "" || user.trim() === ""}>
            {words.signIn}
          </Button>
        </div>
      </Form>
    </div>
  );
}
