import { useState } from "react";
import { Button } from "../../parts/Button.tsx";
import { TextAreaField } from "../../parts/Fields.tsx";
import { FileButton } from "../../parts/FileDrop.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./UplinkForm.module.css";

/** The authority behind the broker's certificate: the system's own until one is pasted or chosen as a file. */
export function AuthorityField(props: {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (pem: string) => void;
  readonly onDone: (pem: string) => void;
}) {
  const words = useWords().uplink;
  const [pasting, setPasting] = useState(false);
  const certificates = props.value.match(/-----END CERTIFICATE-----/g)?.length ?? 0;
  const isOpen = pasting || props.value !== "";

  function put(pem: string): void {
    props.onChange(pem);
    props.onDone(pem);
  }

  return (
    <div className={isOpen ? styles.ca : styles.caShut}>
      {isOpen ? (
        <TextAreaField
          label={words.ca}
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
          <span>{words.ca}</span> {words.caHint}
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
        {certificates > 0 && <span className="dim">{words.caKept(certificates)}</span>}
        {isOpen && (
          <Button
            size="small"
            kind="quiet"
            onClick={() => {
              setPasting(false);
              put("");
            }}
          >
            {words.caClear}
          </Button>
        )}
      </div>
    </div>
  );
}
