import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { handIn } from "../../client/transfer.ts";
import { failuresIn } from "../../client/workbench.ts";
import { StateIcon } from "../../parts/Chip.tsx";
import { Failures } from "../../parts/Failure.tsx";
import { FileButton, FileDrop } from "../../parts/FileDrop.tsx";
import { Facts } from "../../parts/Inspector.tsx";
import { Section } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { dayAndTime } from "../../words/numbers.ts";
import styles from "./BundlePanel.module.css";

type Receipt = CallOutput<"bundle.receipt">;

/** What the gateway says became of a bundle; kept with the site, so that the next bundle follows it. */
export function ReceiptPanel() {
  const words = useWords().handover.receipt;
  const workbench = useWorkbench();
  const [receipt, setReceipt] = useState<Receipt>();
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function take(file: File): Promise<void> {
    setBusy(true);
    try {
      setReceipt(await workbench.call("bundle.receipt", { uploadId: await handIn(workbench, file) }));
      setFailures([]);
    } catch (error) {
      setReceipt(undefined);
      setFailures(failuresIn(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <FileDrop says={words.drop} onFile={(file) => void take(file)}>
      <Section title={words.title}>
        <div className={styles.panel}>
          <p className="dim">{words.says}</p>
          <div className={styles.buttons}>
            <FileButton icon="upload" accept=".receipt" busy={isBusy} onFile={(file) => void take(file)}>
              {words.take}
            </FileButton>
          </div>
          <Failures failures={failures} />
          {receipt && <Received receipt={receipt} />}
        </div>
      </Section>
    </FileDrop>
  );
}

function Received({ receipt }: { readonly receipt: Receipt }) {
  const words = useWords().handover.receipt;
  const language = useLanguage();
  const isApplied = receipt.outcome === "applied";
  const at = dayAndTime(language, Date.parse(receipt.at));
  return (
    <>
      <p className={styles.made} role="status">
        <StateIcon state={isApplied ? "ok" : "bad"} size={16} />
        <strong>{isApplied ? words.applied(receipt.seq) : words.rolledBack(receipt.seq)}</strong>
        {!isApplied && <span className="dim">{words.because(receipt.because)}</span>}
      </p>
      <Facts
        facts={[
          { name: words.gateway, value: receipt.serial, mono: true },
          { name: words.at, value: receipt.clock === "synced" ? at : words.byItsClock(at) },
          { name: words.signedBy, value: words.attested[receipt.attestedBy] },
        ]}
      />
    </>
  );
}
