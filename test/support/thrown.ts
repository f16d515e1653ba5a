import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";

/** What a promise was rejected with: the fault or the first problem where it is one; undefined when it was not. */
export async function thrown(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problems[0];
  return error instanceof FaultError ? error.fault : error;
}
