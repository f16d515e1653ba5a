import type { JobLine } from "./interruptedJobs.ts";

/** A value that was written to prove a tag, and that nobody has put back yet. Words as the unit holds them. */
export interface OpenStimulus {
  readonly job: string;
  readonly tag: string;
  readonly before: { readonly text: string; readonly words: readonly number[] };
  readonly words: readonly number[];
  readonly value: string;
}

/** Changes whose intent is in the evidence and whose end is not: a crash or a lost line came between. Oldest first. */
export function openStimuli(lines: readonly JobLine[]): readonly OpenStimulus[] {
  const open = new Map<string, OpenStimulus>();
  for (const { kind, body } of lines) {
    const job = String(body.job);
    if (kind === "job.stimulusIntent") open.set(job, { ...body, job } as OpenStimulus);
    else if (kind === "job.stimulusRestored") open.delete(job);
  }
  return [...open.values()];
}
