import type { FoundUnit } from "#contract/views.ts";
import { type JobView, jobView } from "#contract/views.ts";
import type { InterruptedJob } from "#domain/job/interruptedJobs.ts";

/** A job that the program left behind, as the page shows it: what it was, and how far it had come. */
export function interruptedView(job: InterruptedJob): JobView | undefined {
  const detail = { ...job.started } as Record<string, unknown>;
  if (detail.kind === "scan") {
    const found = job.steps.filter((step) => step.kind === "job.unitFound");
    detail.units = found.map((step) => step.body.found as FoundUnit);
    const last = found.at(-1)?.body.unit;
    if (typeof last === "number") detail.asked = last - Number(detail.from) + 1;
  }
  if (detail.kind === "write") {
    // The intent is noted before anything is written: what was there can be put back.
    detail.before = textIn(job, "job.writeIntent", "before") ?? null;
    detail.after = textIn(job, "job.written", "after") ?? null;
  }
  const view = jobView.safeParse({
    key: job.id,
    state: "interrupted",
    startedAt: job.startedAt,
    endedAt: job.steps.at(-1)?.at ?? job.startedAt,
    done: 0,
    total: 0,
    doing: null,
    leftMs: null,
    failure: null,
    good: false,
    detail,
  });
  // A line of evidence from another version may have another shape; it stays in the evidence all the same.
  return view.success ? view.data : undefined;
}

/** The shown value that a write noted in a step. */
function textIn(job: InterruptedJob, kind: string, field: "before" | "after"): unknown {
  const held = job.steps.find((step) => step.kind === kind)?.body[field];
  return typeof held === "object" && held !== null && "text" in held ? held.text : undefined;
}
