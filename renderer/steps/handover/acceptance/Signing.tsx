import { useState } from "react";
import type { AcceptanceView } from "#contract/acceptanceViews.ts";
import { type Role, roles } from "#domain/acceptance/act.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { FieldRow, TextField } from "../../../parts/Fields.tsx";
import { useLanguage, useWords } from "../../../words/language.ts";
import { dayAndTime } from "../../../words/numbers.ts";
import styles from "./Acceptance.module.css";

/** Tester and witness sign; who goes on working opens the test again. */
export function Signing({ state, by }: { readonly state: AcceptanceView["state"]; readonly by: string }) {
  const words = useWords().acceptance;
  return (
    <section aria-label={words.sign}>
      <h3 className={styles.sectionHead}>{words.sign}</h3>
      <p className="dim">{words.signSays}</p>
      {roles.map((role) => (
        <SignatureOf key={role} role={role} state={state} usual={role === "tester" ? by : ""} />
      ))}
      {state.signatures.length > 0 && <Reopen by={by} />}
    </section>
  );
}

function SignatureOf(props: {
  readonly role: Role;
  readonly state: AcceptanceView["state"];
  readonly usual: string;
}) {
  const words = useWords().acceptance;
  const language = useLanguage();
  const act = useAct();
  const { role } = props;
  const [typed, setTyped] = useState<string>();
  const [company, setCompany] = useState("");
  const [busy, setBusy] = useState(false);
  const name = typed ?? props.usual;
  const signed = props.state.signatures.find((one) => one.role === role);

  async function sign(): Promise<void> {
    setBusy(true);
    await act("acceptance.sign", { role, name, company });
    setBusy(false);
  }

  if (signed !== undefined) {
    return (
      <p className={styles.signed}>
        <StateIcon state="ok" />
        <span>
          {words.roles[role]}: <strong>{words.signed(signed.name, dayAndTime(language, signed.at))}</strong>{" "}
          <span className="dim">
            {[signed.company, signed.key === "" ? words.withoutKey : words.withKey]
              .filter((text) => text !== "")
              .join(" · ")}
          </span>
        </span>
      </p>
    );
  }
  return (
    <form
      className={styles.signing}
      aria-label={words.signAs[role]}
      onSubmit={(event) => {
        event.preventDefault();
        void sign();
      }}
    >
      <FieldRow>
        <TextField
          label={`${words.roles[role]} · ${words.name}`}
          value={name}
          longest={127}
          onChange={setTyped}
        />
        <TextField label={words.company} value={company} longest={127} onChange={setCompany} />
      </FieldRow>
      <Button type="submit" icon="pencil" busy={busy} disabled={name.trim() === ""}>
        {words.signAs[role]}
      </Button>
    </form>
  );
}

function Reopen({ by }: { readonly by: string }) {
  const words = useWords().acceptance;
  const act = useAct();
  const [reason, setReason] = useState("");
  return (
    <form
      className={styles.signing}
      aria-label={words.reopen}
      onSubmit={(event) => {
        event.preventDefault();
        void act("acceptance.record", { act: { act: "reopen", reason, by } });
      }}
    >
      <FieldRow>
        <TextField label={words.reopenReason} value={reason} longest={1000} onChange={setReason} />
      </FieldRow>
      <Button type="submit" icon="undo" disabled={reason.trim() === ""}>
        {words.reopen}
      </Button>
    </form>
  );
}
