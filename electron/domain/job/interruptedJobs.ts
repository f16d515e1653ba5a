/** A line of evidence about a job, as the journal keeps it. */
export interface JobLine {
  readonly at: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface InterruptedJob {
  readonly id: string;
  readonly startedAt: number;
  /** the detail it was started with */
  readonly started: Readonly<Record<string, unknown>>;
  /** finished steps, in order */
  readonly steps: readonly JobLine[];
}

/** Jobs that were started and never ended: the program went away under them. Oldest first. */
export function interruptedJobs(lines: readonly JobLine[]): readonly InterruptedJob[] {
  const open = new Map<
    string,
    { id: string; startedAt: number; started: JobLine["body"]; steps: JobLine[] }
  >();
  for (const line of lines) {
    const id = line.body.job;
    if (typeof id !== "string") continue;
    if (line.kind === "job.started") {
      const { job: _, ...started } = line.body;
      open.set(id, { id, startedAt: line.at, started, steps: [] });
    } else if (line.kind === "job.ended") {
      open.delete(id);
    } else {
      open.get(id)?.steps.push(line);
    }
  }
  return [...open.values()];
}
