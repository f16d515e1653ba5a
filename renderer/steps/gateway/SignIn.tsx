import { useRef, useState } from "react";
import type { FoundGatewayView } from "#contract/lineViews.ts";
import type { FailureView, SiteView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { Form, PasswordField, TextField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";
import { ConfirmIdentity } from "./find/ConfirmIdentity.tsx";
import { GatewaySearch } from "./find/GatewaySearch.tsx";
import { SshFields } from "./find/SshFields.tsx";
import {
  draftOf,
  emptySsh,
  inputOf,
  isComplete,
  type SignInDraft,
  withSsh,
  withUrl,
} from "./find/signInDraft.ts";
import styles from "./SignIn.module.css";

/** Address, user and password of the gateway, and the search for it. No password is kept by the page. */
export function SignIn({ head }: { readonly head: SiteView["head"] }) {
  const words = useWords().gateway;
  const workbench = useWorkbench();
  const [draft, setDraft] = useState<SignInDraft>(draftOf(head));
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLDivElement>(null);

  async function signIn(draft: SignInDraft): Promise<void> {
    setBusy(true);
    try {
      await workbench.call("gateway.signIn", inputOf(draft));
    } catch (error) {
      setFailures(failuresIn(error));
    }
    setBusy(false);
  }

  function confirm(confirmed: Partial<SignInDraft>): void {
    const next = { ...draft, ...confirmed };
    setDraft(next);
    void signIn(next);
  }

  function use({ kind, url }: FoundGatewayView): void {
    setFailures([]);
    setDraft({ ...withUrl(draft, url), ssh: kind === "SSH" ? (draft.ssh ?? emptySsh) : null });
    // The next thing to type; on a small screen the form stands above the list.
    form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  }

  return (
    <div className={styles.columns}>
      <div className={styles.signIn} ref={form}>
        <p className="dim">{words.none}</p>
        <Form label={words.signIn} onSubmit={() => isComplete(draft) && void signIn(draft)}>
          <TextField
            label={words.url}
            hint={words.urlHint}
            value={draft.url}
            onChange={(url) => setDraft(withUrl(draft, url))}
            mono
            longest={255}
          />
          <TextField
            label={words.user}
            value={draft.user}
            onChange={(user) => setDraft({ ...draft, user })}
            longest={64}
          />
          <PasswordField
            label={words.password}
            hint={head.training ? words.trainingHint : undefined}
            value={draft.password}
            onChange={(password) => setDraft({ ...draft, password })}
            longest={64}
          />
          <SshFields url={draft.url} ssh={draft.ssh} onChange={(ssh) => setDraft(withSsh(draft, ssh))} />
          <ConfirmIdentity failures={failures} busy={busy} onConfirm={confirm} />
          <div>
            <Button kind="primary" type="submit" busy={busy} disabled={!isComplete(draft)}>
              {words.signIn}
            </Button>
          </div>
        </Form>
      </div>
      <div className={styles.search}>
        <GatewaySearch onUse={use} />
      </div>
    </div>
  );
}
