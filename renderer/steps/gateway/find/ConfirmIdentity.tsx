import type { FailureView } from "#contract/views.ts";
import { Button } from "../../../parts/Button.tsx";
import { Failures } from "../../../parts/Failure.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./ConfirmIdentity.module.css";
import { confirmable, type SignInDraft } from "./signInDraft.ts";

/** What went wrong, and where somebody unknown answered, the way to trust them after a look. */
export function ConfirmIdentity(props: {
  readonly failures: readonly FailureView[];
  readonly busy: boolean;
  readonly onConfirm: (confirmed: Partial<SignInDraft>) => void;
}) {
  const words = useWords().gatewayFind;
  const [failure] = props.failures;
  const confirmed = failure && confirmable(failure);
  const isNew = failure?.code === "ssh.hostKeyUnconfirmed";
  return (
    <div className={styles.confirm}>
      <Failures failures={props.failures} />
      {confirmed && (
        <div className={styles.ask}>
          <Button
            kind={isNew ? "plain" : "danger"}
            busy={props.busy}
            onClick={() => props.onConfirm(confirmed)}
          >
            {isNew ? words.confirmKey : words.trustNew}
          </Button>
          <span className="dim">{isNew ? words.confirmKeyNote : words.trustNote}</span>
        </div>
      )}
    </div>
  );
}
