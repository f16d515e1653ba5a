import { useState } from "react";
import type { CallOutput } from "#contract/contract.ts";
import type { FailureView } from "#contract/views.ts";
import { useWorkbench } from "../../client/hooks.ts";
import { handIn } from "../../client/transfer.ts";
import { failuresIn } from "../../client/workbench.ts";

export interface Drift {
  readonly plan: CallOutput<"gateway.plan">;
  readonly diff: CallOutput<"gateway.diff">;
}

/** Compares the site, a bundle if one is given, and the gateway, whenever a person asks for it. */
export function useDrift() {
  const workbench = useWorkbench();
  const [drift, setDrift] = useState<Drift>();
  const [bundle, setBundle] = useState<File>();
  const [failures, setFailures] = useState<readonly FailureView[]>([]);
  const [asking, setAsking] = useState(false);

  async function compare(file: File | undefined): Promise<void> {
    setBundle(file);
    setAsking(true);
    try {
      const plan = await workbench.call("gateway.plan", {});
      const uploadId = file ? await handIn(workbench, file) : null;
      setDrift({ plan, diff: await workbench.call("gateway.diff", { uploadId }) });
      setFailures([]);
    } catch (error) {
      setFailures(failuresIn(error));
      setDrift(undefined);
    }
    setAsking(false);
  }

  return { drift, bundle, failures, asking, compare };
}
