import { useState } from "react";
import { useAct, useItem } from "../../client/hooks.ts";
import { FileButton } from "../../parts/FileDrop.tsx";
import { useWords } from "../../words/language.ts";
import { CertificateField, type CertificateProps } from "./CertificateField.tsx";

/** The site's own certificate for brokers that ask for one, and its key, which goes to where secrets are kept. */
export function ClientCertificateField(props: CertificateProps) {
  const words = useWords().uplink;
  const act = useAct();
  const lasts = useItem("session", "session")?.secretsLast ?? true;
  const [key, setKey] = useState<"unknown" | "kept" | "notPem">("unknown");

  async function keepKey(pem: string): Promise<void> {
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return setKey("notPem");
    if ((await act("uplink.setKey", { key: pem })) !== undefined) setKey("kept");
  }

  return (
    <CertificateField
      {...props}
      label={words.clientCertificate}
      hint={words.clientCertificateHint}
      onClear={() => {
        setKey("unknown");
        void act("uplink.setKey", { key: "" });
      }}
      status={
        <span className={key === "notPem" ? "bad" : "dim"} role="status">
          {key === "notPem" ? words.keyNotPem : key === "kept" ? words.keyKept(lasts) : words.keyHint}
        </span>
      }
    >
      <FileButton
        size="small"
        icon="lock"
        accept=".pem,.key"
        onFile={async (file) => keepKey(await file.text())}
      >
        {words.keyFile}
      </FileButton>
    </CertificateField>
  );
}
