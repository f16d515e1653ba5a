import { useCallback, useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { handIn } from "../../client/transfer.ts";
import { failuresIn } from "../../client/workbench.ts";

export type BundleCheck = CallOutput<"bundle.check">;

export type CheckState =
  | { readonly at: "none" }
  | { readonly at: "reading"; readonly name: string }
  | { readonly at: "refused"; readonly name: string; readonly failures: readonly FailureView[] }
  | { readonly at: "checked"; readonly name: string; readonly check: BundleCheck };

export const largestBundleBytes = 64 * 1024 * 1024;

/** Hands a bundle in and tells what is known of it. */
export function useBundleCheck() {
  const workbench = useWorkbench();
  const [state, setState] = useState<CheckState>({ at: "none" });
  const check = useCallback(
    async (file: File) => {
      setState({ at: "reading", name: file.name });
      try {
        const uploadId = await handIn(workbench, file);
        setState({
          at: "checked",
          name: file.name,
          check: await workbench.call("bundle.check", { uploadId }),
        });
      } catch (error) {
        setState({ at: "refused", name: file.name, failures: failuresIn(error) });
      }
    },
    [workbench],
  );
  return { state, check };
}
