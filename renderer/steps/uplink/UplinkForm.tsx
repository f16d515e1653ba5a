import { useState } from "react";
import type { SiteView } from "#contract/views.ts";
import type { Uplink } from "#domain/site/site.ts";
import { CheckField, FieldRow, Form, SelectField, TextField } from "../../parts/Fields.tsx";
import { useWords } from "../../words/language.ts";
import { AuthorityField } from "./AuthorityField.tsx";
import { ClientCertificateField } from "./ClientCertificateField.tsx";
import { PasswordKeeper } from "./PasswordKeeper.tsx";
import { TopicPreview } from "./TopicPreview.tsx";
import styles from "./UplinkForm.module.css";
import { flawsOf, type UplinkDraft, withTls } from "./uplinkDraft.ts";

/** The broker and how messages are made; kept as soon as a field is left. */
export function UplinkForm(props: {
  readonly head: SiteView["head"];
  readonly draft: UplinkDraft;
  readonly onDraft: (draft: UplinkDraft) => void;
  /** keep what is typed, where it is whole */
  readonly onDone: (draft: UplinkDraft) => void;
}) {
  const words = useWords().uplink;
  const { draft, onDraft } = props;
  const flaws = flawsOf(draft);
  const [left, setLeft] = useState<ReadonlySet<keyof UplinkDraft>>(new Set());
  const done = () => props.onDone(draft);

  function problem(field: keyof UplinkDraft): string | undefined {
    const flaw = flaws[field];
    // A form that was just opened is empty, not wrong.
    const isSeen = props.head.uplink !== null || left.has(field) || draft[field] !== "";
    return flaw === undefined || !isSeen ? undefined : words.flaws[flaw];
  }

  function text(field: "host" | "port" | "clientId" | "username" | "topic" | "webSocketPath") {
    return {
      label: words[field],
      value: draft[field],
      onChange: (value: string) => onDraft({ ...draft, [field]: value }),
      onDone: () => {
        setLeft((before) => new Set([...before, field]));
        done();
      },
      problem: problem(field),
    };
  }

  /** a choice is kept at once */
  function choose(next: UplinkDraft): void {
    onDraft(next);
    props.onDone(next);
  }

  return (
    <Form label={words.form} onSubmit={done}>
      <h2 className={styles.title}>{words.broker}</h2>
      <div className={styles.address}>
        <TextField {...text("host")} mono />
        <TextField {...text("port")} mono />
      </div>
      <CheckField label={words.tls} value={draft.tls} onChange={(tls) => choose(withTls(draft, tls))} />
      {draft.tls && (
        <AuthorityField
          value={draft.ca}
          problem={problem("ca")}
          onChange={(ca) => onDraft({ ...draft, ca })}
          onDone={(ca) => props.onDone({ ...draft, ca })}
        />
      )}
      {draft.tls && (
        <ClientCertificateField
          value={draft.clientCertificate}
          problem={problem("clientCertificate")}
          onChange={(clientCertificate) => onDraft({ ...draft, clientCertificate })}
          onDone={(clientCertificate) => props.onDone({ ...draft, clientCertificate })}
        />
      )}
      <div className={styles.webSocket}>
        <CheckField
          label={words.webSocket}
          value={draft.webSocket}
          onChange={(webSocket) => choose({ ...draft, webSocket })}
        />
        {draft.webSocket && <TextField {...text("webSocketPath")} mono />}
      </div>
      <FieldRow>
        <TextField {...text("clientId")} mono />
        <TextField {...text("username")} />
      </FieldRow>
      <PasswordKeeper />
      <h2 className={styles.title}>{words.messages}</h2>
      <div className={styles.three}>
        <SelectField
          label={words.version}
          value={draft.version}
          options={[
            { value: "3.1.1", label: "3.1.1" },
            { value: "5", label: "5" },
          ]}
          onChange={(version) => choose({ ...draft, version })}
        />
        <SelectField
          label={words.qos}
          value={String(draft.qos) as "0" | "1" | "2"}
          options={(["0", "1", "2"] as const).map((value) => ({ value, label: words.qosOptions[value] }))}
          onChange={(qos) => choose({ ...draft, qos: Number(qos) as Uplink["qos"] })}
        />
        <SelectField
          label={words.format}
          value={draft.format}
          options={(["values", "tags"] as const).map((value) => ({ value, label: words.formats[value] }))}
          onChange={(format) => choose({ ...draft, format })}
        />
      </div>
      <TextField {...text("topic")} mono />
      <TopicPreview head={props.head} pattern={draft.topic} />
    </Form>
  );
}
