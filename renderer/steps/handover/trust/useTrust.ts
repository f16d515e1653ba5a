import { useCallback, useEffect, useState } from "react";
import type { CallInput } from "#contract/contract.ts";
import type { TrustView } from "#contract/trustViews.ts";
import { useItem, useWorkbench } from "../../../client/hooks.ts";
import { saveDownload } from "../../../client/saveFile.ts";
import { handIn } from "../../../client/transfer.ts";
import { failuresIn } from "../../../client/workbench.ts";
import { showFailures, showNotice } from "../../../parts/notices.tsx";
import { useWords } from "../../../words/language.ts";

export type DocumentCall =
  | "trust.makeRoot"
  | "trust.sign"
  | "trust.rotate"
  | "trust.delegate"
  | "trust.revoke";

/** What is known of trust, and everything that can be done about it. Failures are shown as they come. */
export function useTrust() {
  const words = useWords().trust;
  const workbench = useWorkbench();
  // Another site, or a pairing, changes what is shown.
  const site = useItem("site", "site");
  const place = `${site?.path ?? ""}\n${site?.evidence.lines ?? 0}`;
  const [trust, setTrust] = useState<TrustView>();

  const guarded = useCallback(async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      showFailures(failuresIn(error));
      return undefined;
    }
  }, []);

  useEffect(() => {
    void place;
    void guarded(async () => setTrust(await workbench.call("trust.show", {})));
  }, [workbench, guarded, place]);

  return {
    trust,
    makeKey: (role: CallInput<"trust.makeKey">["role"]) =>
      guarded(async () => setTrust(await workbench.call("trust.makeKey", { role }))),
    take: (file: File) =>
      guarded(async () => {
        setTrust(await workbench.call("trust.take", { uploadId: await handIn(workbench, file) }));
        showNotice(words.taken(file.name));
      }),
    pair: (identity: CallInput<"gateway.pair">) => guarded(() => workbench.call("gateway.pair", identity)),
    upload: (file: File) => guarded(() => handIn(workbench, file)),
    /** makes a document and saves it; true when it was made */
    make: async <N extends DocumentCall>(name: N, input: CallInput<N>): Promise<boolean> => {
      const made = await guarded(async () => {
        const document = await workbench.call(name, input);
        await saveDownload(workbench, document.download, document.name);
        showNotice(words.saved(document.name));
        return true;
      });
      return made === true;
    },
  };
}

export type Trust = ReturnType<typeof useTrust>;
