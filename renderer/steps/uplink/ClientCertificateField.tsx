import { useState } from "react";
import { useAct, useItem } from "../../client/hooks.ts";
import { Button } from "../../parts/Button.tsx";
import { TextAreaField } from "../../parts/Fields.tsx";
import { FileButton } from "../../parts/FileDrop.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./UplinkForm.module.css";

/** The site's own certificate for brokers that ask for one, and its key, which goes to where secrets are kept. */
export function ClientCertificateField(props: {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (pem: string) => void;
  readonly onDone: (pem: string) => void;
}) {
  const words = useWords().uplink;
  const act = useAct();
  const lasts = useItem("session", "session")?.secretsLast ?? true;
  const [pasting, setPasting] = useState(false);
  const [key, setKey] = useState<"unknown" | "kept" | "notPem">("unknown");
  const isOpen = pasting || props.value !== "";

  function put(pem: string): void {
    props.onChange(pem);
    props.onDone(pem);
  }

  async function keepKey(pem: string): Promise<void> {
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return setKey("notPem");
    if ((await act("uplink.setKey", { key: pem })) !== undefined) setKey("kept");
  }

  async function remove(): Promise<void> {
    setPasting(false);
    setKey("unknown");
    put("");
    await act("uplink.setKey", { key: "" });
  }

  return (
    <div className={isOpen ? styles.ca : styles.caShut}>
      {isOpen ? (
        <TextAreaField
          label={words.clientCertificate}
          value={props.value}
          rows={3}
          problem={props.problem}
          longest={65_536}
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={props.onChange}
          onDone={() => props.onDone(props.value)}
          autoFocus={pasting}
          mono
        />
      ) : (
        <p className={styles.caNone}>
          <span>{words.clientCertificate}</span> {words.clientCertificateHint}
        </p>
      )}
      <div className={styles.caActions}>
        <FileButton
          size="small"
          icon="file"
          accept=".pem,.crt,.cer"
          onFile={async (file) => put(await file.text())}
        >
          {words.caFile}
        </FileButton>
        {!isOpen && (
          <Button size="small" kind="quiet" onClick={() => setPasting(true)}>
            {words.caPaste}
          </Button>
        )}
        {isOpen && (
          <>
            <FileButton
              size="small"
              icon="lock"
              accept=".pem,.key"
              onFile={async (file) => keepKey(await file.text())}
            >
              {words.keyFile}
            </FileButton>
            <Button size="small" kind="quiet" onClick={() => void remove()}>
              {words.caClear}
            </Button>
            <span className={key === "notPem" ? "bad" : "dim"} role="status">
              {key === "notPem" ? words.keyNotPem : key === "kept" ? words.keyKept(lasts) : words.keyHint}
            </span>
          </>
        )}
      </div>
    </div>
  );
}
