import { useState } from "react";
import { calls } from "#contract/contract.ts";
import type { TrustView } from "#contract/trustViews.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { Form, TextAreaField } from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./TrustPanel.module.css";
import type { Trust } from "./useTrust.ts";

/** Which gateway the site's bundles are for: what the applier printed there, pasted here. */
export function PairGateway({
  trust,
  gateway,
}: {
  readonly trust: Trust;
  readonly gateway: TrustView["gateway"];
}) {
  const words = useWords().trust;
  const [isOpen, setOpen] = useState(gateway === null);
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);

  async function pair(): Promise<void> {
    const identity = identityIn(text);
    setWrong(identity === undefined);
    if (identity === undefined || !(await trust.pair(identity))) return;
    setText("");
    setOpen(false);
  }

  return (
    <section className={styles.part} aria-label={words.pairing}>
      <h3>{words.pairing}</h3>
      {gateway !== null && (
        <p>
          <StateIcon state="ok" /> <strong>{gateway.serial}</strong>{" "}
          <code className="mono">{gateway.printed}</code>
          <br />
          <span className={styles.note}>{gateway.sealed ? words.sealed : words.notSealed}</span>
        </p>
      )}
      {!isOpen && (
        <div className={styles.buttons}>
          <Button size="small" onClick={() => setOpen(true)}>
            {words.pairAnew}
          </Button>
        </div>
      )}
      {isOpen && (
        <Form label={words.pairing} onSubmit={() => void pair()}>
          <TextAreaField
            label={words.printedThere}
            hint={words.pairHint}
            problem={isWrong ? words.notPrinted : undefined}
            value={text}
            rows={3}
            mono
            onChange={(value) => {
              setText(value);
              setWrong(false);
            }}
          />
          <div className={styles.buttons}>
            <Button type="submit" disabled={text.trim() === ""}>
              {words.pair}
            </Button>
          </div>
        </Form>
      )}
    </section>
  );
}

/** What the applier printed, also with other lines around it. */
function identityIn(text: string) {
  try {
    const read = calls["gateway.pair"].input.safeParse(JSON.parse(/\{[^{}]*\}/.exec(text)?.[0] ?? ""));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
