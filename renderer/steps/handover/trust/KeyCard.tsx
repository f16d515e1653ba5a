import { useState } from "react";
import type { TrustView } from "#contract/trustViews.ts";
import { Button, IconButton } from "../../../parts/Button.tsx";
import { StateIcon } from "../../../parts/Chip.tsx";
import { QrCode } from "../../../parts/QrCode.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./TrustPanel.module.css";

/** One key of this computer: to be read out, copied, or held before a camera. */
export function KeyCard(props: {
  readonly of: TrustView["keys"][number]["role"];
  readonly view: TrustView["keys"][number] | undefined;
  readonly lasting: boolean;
  readonly onMake: () => void;
}) {
  const { handover, trust: words } = useWords();
  const [isCopied, setCopied] = useState(false);
  const { view } = props;
  const name = words.keyOf[props.of];
  if (view === undefined)
    return (
      <div className={styles.buttons}>
        <Button onClick={props.onMake}>{words.makeKey(name)}</Button>
      </div>
    );
  const copy = () =>
    void navigator.clipboard.writeText(view.publicKey).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className={styles.card}>
      <div className={styles.cardText}>
        <div className={styles.cardHead}>
          <span>{name}</span>
          <IconButton icon="copy" label={words.copyKey(name)} onClick={copy} />
          <span role="status" className="ok">
            {isCopied ? handover.copied : ""}
          </span>
        </div>
        <code className={`mono ${styles.print}`}>{view.printed}</code>
        <span className={styles.spoken} lang="en">
          {view.spoken}
        </span>
        {!props.lasting && (
          <span className={styles.note}>
            <StateIcon state="warn" /> {words.notLasting}
          </span>
        )}
      </div>
      <QrCode text={view.publicKey} label={words.qr(name)} />
    </div>
  );
}
