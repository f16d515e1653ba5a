import { type ReactNode, useState } from "react";
import { Button } from "../../parts/Button.tsx";
import { TextAreaField } from "../../parts/Fields.tsx";
import { FileButton } from "../../parts/FileDrop.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./UplinkForm.module.css";

/** What the form tells a certificate's field, and hears from it. */
export interface CertificateProps {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (pem: string) => void;
  readonly onDone: (pem: string) => void;
}

/** Certificates as text (PEM): one line with a hint until some are pasted or chosen as a file. */
export function CertificateField(
  props: CertificateProps & {
    readonly label: string;
    readonly hint: string;
    readonly onClear?: () => void;
    /** what belongs to a certificate that is there, beside its buttons */
    readonly children?: ReactNode;
    /** said behind the buttons */
    readonly status?: ReactNode;
  },
) {
  const words = useWords().uplink;
  const [pasting, setPasting] = useState(false);
  const isOpen = pasting || props.value !== "";

  function put(pem: string): void {
    props.onChange(pem);
    props.onDone(pem);
  }

  return (
    <div className={isOpen ? styles.ca : styles.caShut}>
      {isOpen ? (
        <TextAreaField
          label={props.label}
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
          <span>{props.label}</span> {props.hint}
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
        {isOpen ? (
          <>
            {props.children}
            <Button
              size="small"
              kind="quiet"
              onClick={() => {
                setPasting(false);
                put("");
                props.onClear?.();
              }}
            >
              {words.caClear}
            </Button>
            {props.status}
          </>
        ) : (
          <Button size="small" kind="quiet" onClick={() => setPasting(true)}>
            {words.caPaste}
          </Button>
        )}
      </div>
    </div>
  );
}
