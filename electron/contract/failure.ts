import { type Fault, FaultError } from "#domain/fault.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import type { FailureView } from "./views.ts";

/** A problem as data for a view. */
export function problemView(problem: Problem): FailureView {
  const { code, at, ...facts } = problem;
  return { kind: "problem", code, facts: facts as FailureView["facts"], ...(at && { at: { ...at } }) };
}

/** A fault as data for a view. */
export function faultView(fault: Fault): FailureView {
  const { code, ...facts } = fault;
  return { kind: "fault", code, facts: facts as FailureView["facts"] };
}

/** Whatever was thrown, as failures a person can be told; a bug becomes `internal` with its message. */
export function failuresOf(error: unknown): readonly FailureView[] {
  if (error instanceof ProblemError) return error.problems.map(problemView);
  if (error instanceof FaultError) return [faultView(error.fault)];
  return [faultView({ code: "internal", reason: error instanceof Error ? error.message : String(error) })];
}
