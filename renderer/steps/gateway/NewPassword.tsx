import { useState } from "react";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { failuresIn } from "../../client/workbench.ts";
import { Button } from "../../parts/Button.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { Form, PasswordField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";

/** Another password in place of the factory's. */
export function NewPassword() {
  const words = useWords().gateway;
  const workbench = useWorkbench();
  const [password, setPassword] = useState("");
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [busy, setBusy] = useState(false);
  const fits = password.length >= 4 && password.length <= 16 && password !== "0000";

  async function change(): Promise<void> {
    setBusy(true);
    try {
      await workbench.call("gateway.setPassword", { password });
    } catch (error) {
      setFailures(failuresIn(error));
    }
    setBusy(false);
  }

  return (
    <Form label={words.newPassword} onSubmit={() => void change()}>
      <PasswordField
        label={words.newPassword}
        hint={words.newPasswordHint}
        value={password}
        onChange={setPassword}
        longest={16}
      />
      <Failures failures={failures} />
      <div>
        <Button type="submit" busy={busy} disabled={!fits}>
          {words.changePassword}
        </Button>
      </div>
    </Form>
  );
}
