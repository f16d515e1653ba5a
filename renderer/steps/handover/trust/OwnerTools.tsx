import type { TrustView } from "#contract/trustViews.ts";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { useWords } from "../../../words/language.ts";
import { DelegateForm } from "./DelegateForm.tsx";
import { KeyCard } from "./KeyCard.tsx";
import { RevokeForm } from "./RevokeForm.tsx";
import { RootForm } from "./RootForm.tsx";
import styles from "./TrustPanel.module.css";
import type { Trust } from "./useTrust.ts";

/** What owners and organisations do: keys, the root, delegations, revocations. Each makes a document to hand on. */
export function OwnerTools({ trust, view }: { readonly trust: Trust; readonly view: TrustView }) {
  const words = useWords().trust;
  const keyOf = (role: "root" | "organisation") => view.keys.find((key) => key.role === role);
  const [root, organisation] = [keyOf("root"), keyOf("organisation")];

  async function sign(file: File): Promise<void> {
    const uploadId = await trust.upload(file);
    if (uploadId !== undefined) await trust.make("trust.sign", { uploadId });
  }

  return (
    <details className={styles.tools}>
      <summary>{words.tools}</summary>
      <div className={styles.tool}>
        <h3>{words.asOwner}</h3>
        <KeyCard of="root" view={root} lasting={view.lasting} onMake={() => void trust.makeKey("root")} />
        {root && (
          <>
            <RootForm trust={trust} own={root.publicKey} />
            <DelegateForm trust={trust} to="organisation" />
            <div className={styles.buttons}>
              <FileButton accept=".dsse" onFile={(file) => void sign(file)}>
                {words.signAlso}
              </FileButton>
            </div>
            <p className={styles.note}>{words.signAlsoSays}</p>
          </>
        )}
      </div>
      <div className={styles.tool}>
        <h3>{words.asOrganisation}</h3>
        <KeyCard
          of="organisation"
          view={organisation}
          lasting={view.lasting}
          onMake={() => void trust.makeKey("organisation")}
        />
        {organisation && (
          <>
            <DelegateForm trust={trust} to="technician" />
            <RevokeForm trust={trust} />
          </>
        )}
      </div>
    </details>
  );
}
