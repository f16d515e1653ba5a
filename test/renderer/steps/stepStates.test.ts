import { describe, expect, test } from "vitest";
import { phrase } from "#domain/phrase.ts";
import { nextStep, type StepFacts, stepStates } from "#renderer/steps/stepStates.ts";
import {
  links,
  scanDone,
  scanRunning,
  tags,
  trainingGateway,
  trainingSite,
} from "../../support/page/trainingItems.ts";

const facts: StepFacts = {
  site: trainingSite,
  gateway: trainingGateway,
  links,
  jobs: [scanDone],
  tagErrors: 0,
  tags: tags.length,
  verify: [],
};

describe("the rail", () => {
  test("has nothing to say without a site", () => {
    const states = stepStates({ ...facts, site: undefined });

    expect(new Set(Object.values(states).map((state) => state.at))).toEqual(new Set(["none"]));
  });

  test("shows a running scan as work and a finished one as done", () => {
    expect(stepStates({ ...facts, jobs: [scanRunning] }).line).toEqual({ at: "work" });
    expect(stepStates(facts).line).toEqual({ at: "done" });
  });

  test("counts the lines that need a person", () => {
    const taken = { key: "line:line-1", state: "warn", says: phrase("link.taken"), failure: null } as const;
    const lost = { key: "line:line-2", state: "bad", says: phrase("link.lost"), failure: null } as const;

    expect(stepStates({ ...facts, links: [taken, lost] }).line).toEqual({ at: "attention", count: 2 });
  });

  test("asks for attention when a real gateway has its factory password, not on the training site", () => {
    const real = { ...trainingSite, head: { ...trainingSite.head, training: false } };

    expect(stepStates(facts).gateway).toEqual({ at: "done" });
    expect(stepStates({ ...facts, site: real }).gateway).toEqual({ at: "attention", count: 1 });
  });

  test("counts verdicts that are not the same, and is done only when all are", () => {
    const row = {
      key: "a",
      index: 0,
      wire: null,
      gateway: null,
      cloud: null,
      words: "",
      wireBy: "read" as const,
      topic: "",
      latencyMs: null,
      says: phrase("verdict.same"),
      attempt: 1,
    };

    const some = [
      { ...row, verdict: "same" },
      { ...row, verdict: "differs" },
      { ...row, verdict: "waiting" },
    ] as const;
    expect(stepStates({ ...facts, verify: some }).verify).toEqual({ at: "attention", count: 1 });
    expect(stepStates({ ...facts, verify: [{ ...row, verdict: "same" }] }).verify).toEqual({ at: "done" });
    expect(stepStates({ ...facts, verify: [{ ...row, verdict: "waiting" }] }).verify).toEqual({ at: "work" });
  });

  test("leads from the site to the first step that is not done", () => {
    expect(nextStep(stepStates(facts))).toBe("uplink");
    expect(nextStep(stepStates({ ...facts, gateway: undefined }))).toBe("gateway");
  });
});
