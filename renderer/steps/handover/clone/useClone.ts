import { useRef, useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../../client/hooks.ts";
import { saveDownload } from "../../../client/saveFile.ts";
import { handIn } from "../../../client/transfer.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { showFailures, showNotice } from "../../../parts/notices.tsx";
import { useWords } from "../../../words/language.ts";

export type Look = CallOutput<"clone.look">;

export type LookState =
  | { readonly at: "none" }
  | { readonly at: "looking" }
  | { readonly at: "refused"; readonly failures: readonly FailureView[] }
  | { readonly at: "looked"; readonly name: string; readonly look: Look };

/** The table of sites: taken from a file, looked at, and handed in once more to be made. */
export function useClone() {
  const words = useWords().clone;
  const workbench = useWorkbench();
  const [look, setLook] = useState<LookState>({ at: "none" });
  const chosen = useRef<File>(undefined);

  return {
    look,
    async take(file: File): Promise<void> {
      chosen.current = file;
      setLook({ at: "looking" });
      try {
        const found = await workbench.call("clone.look", { uploadId: await handIn(workbench, file) });
        setLook({ at: "looked", name: file.name, look: found });
      } catch (error) {
        setLook({ at: "refused", failures: failuresIn(error) });
      }
    },
    /** Resolves to undefined when the file is gone or was changed since it was looked at. */
    async handInAgain(): Promise<string | undefined> {
      try {
        return chosen.current && (await handIn(workbench, chosen.current));
      } catch {
        setLook({ at: "none" });
        showNotice(words.chooseAgain);
        return undefined;
      }
    },
    async saveTable(): Promise<void> {
      try {
        const { download, name } = await workbench.call("clone.table", {});
        await saveDownload(workbench, download, name);
        showNotice(words.saved(name));
      } catch (error) {
        showFailures(failuresIn(error));
      }
    },
  };
}
