import { useState } from "react";
import { useAct, useItem } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { PasswordField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./UplinkForm.module.css";

/** Takes the broker's password to where secrets are kept. It goes in and is never shown again. */
export function PasswordKeeper() {
  const words = useWords().uplink;
  const act = useAct();
  const lasts = useItem("session", "session")?.secretsLast ?? true;
  const [password, setPassword] = useState("");
  const [kept, setKept] = useState(false);

  async function keep(): Promise<void> {
    if (password === "") return;
    if ((await act("uplink.setPassword", { password })) === undefined) return;
    setPassword("");
    setKept(true);
  }

  return (
    <div className={styles.password}>
      <PasswordField
        label={words.password}
        value={password}
        placeholder={kept ? words.passwordSet : ""}
        hint={lasts ? words.passwordHint : words.passwordHintRun}
        onChange={setPassword}
      />
      <Button label={words.savePassword} disabled={password === ""} onClick={() => void keep()}>
        {words.keep}
      </Button>
    </div>
  );
}
