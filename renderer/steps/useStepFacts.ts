import { useItem, useItems } from "../client/hooks.ts";
import type { StepFacts } from "./stepStates.ts";
import { useLint } from "./tags/freshAnswer.ts";

/** What the rail's states are computed from. */
export function useStepFacts(): StepFacts {
  return {
    site: useItem("site", "site"),
    gateway: useItem("gateway", "gateway"),
    links: useItems("links"),
    jobs: useItems("jobs"),
    tags: useItems("tags").length,
    tagErrors: useLint()?.counts.error ?? 0,
    verify: useItems("verify"),
  };
}
