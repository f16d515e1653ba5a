import { useState } from "react";
import { IconButton } from "../../parts/Button.tsx";
import { useWords } from "../../words/language.ts";
import styles from "./Digest.module.css";
import { groupDigest } from "./digest.ts";

/** A digest to be read out or copied. */
export function Digest({ name, digest }: { readonly name: string; readonly digest: string }) {
  const words = useWords().handover;
  const [copied, setCopied] = useState(false);
  return (
    <div className={styles.digest}>
      <div className={styles.head}>
        <span>{name}</span>
        <span role="status" className={styles.copied}>
          {copied ? words.copied : ""}
        </span>
        <IconButton
          icon="copy"
          label={`${words.copy}: ${name}`}
          onClick={() =>
            void navigator.clipboard.writeText(digest).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        />
      </div>
      <code className="mono">{groupDigest(digest)}</code>
    </div>
  );
}
