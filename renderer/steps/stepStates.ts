import type { GatewayView, JobView, LinkView, SiteView, VerifyView } from "#contract/views.ts";
import { type StepName, steps } from "../frame/place.ts";

/** How a step stands in the rail: what is done, what is counted, what needs a person. */
export type StepState =
  | { readonly at: "none" }
  | { readonly at: "work" }
  | { readonly at: "count"; readonly count: number }
  | { readonly at: "attention"; readonly count: number }
  | { readonly at: "done" };

export interface StepFacts {
  readonly site: SiteView | undefined;
  readonly gateway: GatewayView | undefined;
  readonly links: readonly LinkView[];
  readonly jobs: readonly JobView[];
  readonly tags: number;
  /** what the gateway refuses, reads wrong or cannot keep up with, as far as it is known */
  readonly tagErrors: number;
  readonly verify: readonly VerifyView[];
}

const none: StepState = { at: "none" };
const work: StepState = { at: "work" };
const done: StepState = { at: "done" };

function attention(count: number): StepState {
  return { at: "attention", count };
}

/** The rail's states, from what the topics say and nothing else. */
export function stepStates(facts: StepFacts): Readonly<Record<StepName, StepState>> {
  if (!facts.site) {
    return { site: none, gateway: none, line: none, tags: none, uplink: none, verify: none, handover: none };
  }
  return {
    site: facts.site.notice ? attention(1) : done,
    gateway: gatewayState(facts),
    line: lineState(facts, facts.site),
    tags: tagsState(facts),
    uplink: uplinkState(facts),
    verify: verifyState(facts),
    handover: handoverState(facts),
  };
}

/** The step to go to from the site: the first that is not done, or has something to put right. */
export function nextStep(states: Readonly<Record<StepName, StepState>>): StepName | undefined {
  return steps.find((step) => step !== "site" && states[step].at !== "done" && states[step].at !== "count");
}

function newest(facts: StepFacts, ...kinds: readonly JobView["detail"]["kind"][]): JobView | undefined {
  return facts.jobs
    .filter((job) => kinds.includes(job.detail.kind))
    .reduce<JobView | undefined>(
      (best, job) => (!best || job.startedAt >= best.startedAt ? job : best),
      undefined,
    );
}

function isActive(job: JobView | undefined): boolean {
  return job?.state === "running" || job?.state === "stopping";
}

function gatewayState(facts: StepFacts): StepState {
  if (isActive(newest(facts, "snapshot"))) return work;
  const link = facts.links.find((candidate) => candidate.key === "gateway");
  if (link?.state === "bad") return attention(1);
  if (!facts.gateway) return none;
  return facts.gateway.defaultPassword && !facts.site?.head.training ? attention(1) : done;
}

function lineState(facts: StepFacts, site: SiteView): StepState {
  if (isActive(newest(facts, "scan"))) return work;
  const broken = facts.links.filter(
    (link) => link.key.startsWith("line:") && (link.state === "bad" || link.state === "warn"),
  );
  if (broken.length > 0) return attention(broken.length);
  if (site.head.lines.length === 0) return none;
  return site.head.lines.every((line) => line.units.length > 0) ? done : work;
}

function tagsState(facts: StepFacts): StepState {
  if (facts.tags > 0 && facts.tagErrors > 0) return attention(facts.tagErrors);
  return facts.tags > 0 ? { at: "count", count: facts.tags } : none;
}

function uplinkState(facts: StepFacts): StepState {
  const job = newest(facts, "uplink");
  if (isActive(job)) return work;
  if (job?.state === "done") return job.good ? done : attention(1);
  if (job?.state === "failed") return attention(1);
  return facts.site?.head.uplink ? work : none;
}

function verifyState(facts: StepFacts): StepState {
  const bad = facts.verify.filter((row) => row.verdict !== "waiting" && row.verdict !== "same").length;
  if (isActive(newest(facts, "verify"))) return bad > 0 ? attention(bad) : work;
  if (facts.verify.length === 0) return none;
  if (bad > 0) return attention(bad);
  return facts.verify.every((row) => row.verdict === "same") ? done : work;
}

/** Applying is half of it: a site is handed over when its bundle was made. */
function handoverState(facts: StepFacts): StepState {
  const job = newest(facts, "apply", "bundle");
  if (!job) return none;
  if (isActive(job)) return work;
  if (job.state === "failed" || (job.state === "done" && !job.good)) return attention(1);
  const bundle = newest(facts, "bundle");
  return bundle?.state === "done" && bundle.good ? done : work;
}
