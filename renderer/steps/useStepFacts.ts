import { useItem, useItems } from "../client/hooks.ts";
import type { StepFacts } from "./stepStates.ts";

/** What the rail's states are computed from. */
export function useStepFacts(): StepFacts {
  return {
    site: useItem("site", "site"),
    gateway: useItem("gateway", "gateway"),
    links: useItems("links"),
    jobs: useItems("jobs"),
    tags: useItems("tags").length,
    verify: useItems("verify"),
  };
}
