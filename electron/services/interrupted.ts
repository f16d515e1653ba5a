import type { FoundUnit } from "#contract/lineViews.ts";
import { type JobView, jobView } from "#contract/views.ts";
import type { InterruptedJob } from "#domain/job/interruptedJobs.ts";

/** A job that the program left behind, as the page shows it: what it was, and how far it had come. */
export function interruptedView(job: InterruptedJob): JobView | undefined {
  const detail = { ...job.started } as Record<string, unknown>;
  if (detail.kind === "scan") {
    const stepsOf = (kind: string) => job.steps.filter((step) => step.kind === kind);
    const found = stepsOf("job.unitFound").map((step) => step.body.found as FoundUnit);
    detail.units = [...listIn(detail.units), ...found].sort((a, b) => a.number - b.number);
    const noted = stepsOf("job.unitsAsked").at(-1)?.body;
    if (noted) detail.suspects = noted.suspects;
    // Found units are noted in between, and once more where slow ones were asked again.
    const last = Math.max(0, Number(noted?.to ?? 0), ...found.map((unit) => unit.number));
    detail.asked = Math.max(Number(detail.asked), last - Number(detail.from) + 1);
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

function listIn(units: unknown): readonly FoundUnit[] {
  return Array.isArray(units) ? units : [];
}

/** The shown value that a write noted in a step. */
function textIn(job: InterruptedJob, kind: string, field: "before" | "after"): unknown {
  const held = job.steps.find((step) => step.kind === kind)?.body[field];
  return typeof held === "object" && held !== null && "text" in held ? held.text : undefined;
}
