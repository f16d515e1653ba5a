import { useSyncExternalStore } from "react";

export const steps = ["site", "gateway", "line", "tags", "uplink", "verify", "handover"] as const;
export type StepName = (typeof steps)[number];

function here(): StepName {
  const named = location.hash.replace(/^#\/?/, "");
  return steps.find((step) => step === named) ?? "site";
}

function onHash(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** The step that is shown; it stands in the address, so that reload and Back work. */
export function useStep(): StepName {
  return useSyncExternalStore(onHash, here);
}

export function goTo(step: StepName): void {
  location.hash = `/${step}`;
}
