import type { JobView } from "#contract/views.ts";
import { isActive, type JobOf, newestJob } from "../../client/hooks.ts";

export type WriteJob = JobOf<"write">;

/** The newest write of a tag, whatever came of it. */
export function writeOf(jobs: readonly JobView[], tag: string): WriteJob | undefined {
  return newestJob(
    jobs.filter((job) => job.detail.kind === "write" && job.detail.tag === tag),
    "write",
  );
}

/** Nothing was changed: the unit refused, or another master had the line. */
const unwritten: ReadonlySet<string> = new Set(["line.exception", "line.taken"]);

/** What was there before a write and may not be there now; undefined when there is nothing to put back. */
export function restoreOf(job: WriteJob): string | undefined {
  const { before, after } = job.detail;
  // A gateway that had not read the tag yet showed a dash.
  if (isActive(job) || before === null || before === after || before.startsWith("–")) return undefined;
  if (after !== null || job.state === "interrupted") return before;
  return job.state === "failed" && !unwritten.has(job.failure?.code ?? "") ? before : undefined;
}
