import { useState } from "react";
import type { Bridge } from "#domain/site/site.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import {
  FieldRow,
  Form,
  NumberField,
  PasswordField,
  TextAreaField,
  TextField,
} from "../../../parts/Fields.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Beside.module.css";
import { topicLines, topicsIn } from "./topicLines.ts";

/** The site's bridge, field by field. Keeping it is one edit, and can be undone. */
export function BridgeForm({ bridge, onClose }: { readonly bridge: Bridge; readonly onClose: () => void }) {
  const {
    beside,
    beside: { fields: words },
  } = useWords();
  const act = useAct();
  const [draft, setDraft] = useState(bridge);
  const [up, setUp] = useState(topicLines(bridge.forwards, "local"));
  const [down, setDown] = useState(topicLines(bridge.subscriptions, "remote"));
  const [password, setPassword] = useState("");
  const change = (changes: Partial<Bridge>) => setDraft((before) => ({ ...before, ...changes }));
  const secured = draft.server.startsWith("tls+");

  async function save(): Promise<void> {
    const { tls, ...rest } = draft;
    const next: Bridge = {
      ...rest,
      forwards: topicsIn(up, bridge.forwards, "local"),
      subscriptions: topicsIn(down, bridge.subscriptions, "remote"),
      ...(secured && { tls: tls ?? { caFile: "", certificateFile: "", keyFile: "" } }),
    };
    if (password !== "") await act("bridge.setPassword", { password });
    if ((await act("site.edit", { edit: { kind: "setBridge", bridge: next } })) !== undefined) onClose();
  }

  return (
    <div className={styles.form}>
      <Form label={beside.names.nanomq} onSubmit={() => void save()}>
        <FieldRow>
          <TextField
            label={words.name}
            value={draft.name}
            onChange={(name) => change({ name })}
            longest={64}
          />
          <TextField
            label={words.server}
            value={draft.server}
            onChange={(server) => change({ server })}
            mono
            longest={255}
          />
          <TextField
            label={words.clientId}
            value={draft.clientId}
            onChange={(clientId) => change({ clientId })}
            longest={255}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            label={words.username}
            value={draft.username}
            onChange={(username) => change({ username })}
            longest={255}
          />
          <PasswordField
            label={words.password}
            hint={words.passwordHint}
            value={password}
            onChange={setPassword}
          />
        </FieldRow>
        <FieldRow>
          <NumberField
            label={words.keepAlive}
            value={draft.keepAliveSeconds}
            onChange={(keepAliveSeconds) => change({ keepAliveSeconds })}
            min={1}
            max={65_535}
            unit="s"
          />
          <NumberField
            label={words.queue}
            value={draft.queueLength}
            onChange={(queueLength) => change({ queueLength })}
            min={1}
            max={1_000_000}
          />
          {secured && (
            <TextField
              label={words.caFile}
              value={draft.tls?.caFile ?? ""}
              onChange={(caFile) =>
                change({ tls: { certificateFile: "", keyFile: "", ...draft.tls, caFile } })
              }
              mono
              longest={255}
            />
          )}
        </FieldRow>
        <FieldRow>
          <TextAreaField label={words.up} hint={words.topicsHint} value={up} onChange={setUp} mono rows={2} />
          <TextAreaField label={words.down} value={down} onChange={setDown} mono rows={2} />
        </FieldRow>
        <div className={styles.buttons}>
          <Button type="submit">{beside.save}</Button>
          <Button kind="quiet" onClick={onClose}>
            {beside.cancel}
          </Button>
        </div>
      </Form>
    </div>
  );
}
