import type { Clock } from "#capabilities/clock.ts";
import type { Crypto } from "#capabilities/crypto.ts";
import { failuresOf } from "#contract/failure.ts";
import type { Table } from "#contract/table.ts";
import type { JobDetail, JobView } from "#contract/views.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";

/** What a job tells while it runs. */
export interface JobControl<D extends JobDetail> {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly detail: D;
  /** @param leftMs where the work knows its end better than its pace so far tells */
  progress(done: number, total: number, doing: Phrase, leftMs?: number): void;
  show(detail: D): void;
  /** a finished step: in the evidence before the next one begins */
  record(step: string, body: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Resolves to true when what was checked is good; a job that only makes something resolves to true. */
export type JobWork<D extends JobDetail> = (job: JobControl<D>) => Promise<boolean>;

export interface JobRunner {
  /** @throws ProblemError job.running when a job of that kind is under way */
  start<D extends JobDetail>(detail: D, work: JobWork<D>): string;
  cancel(id: string): void;
  /** resolves when the job has ended, however */
  ended(id: string): Promise<JobView>;
  /** cancels what runs and waits for it */
  stopAll(): Promise<void>;
}

export type RecordEvidence = (kind: string, body: Readonly<Record<string, unknown>>) => Promise<void>;

/** Failures that leave something changed at the gateway or at a device. */
const leavesChanged: ReadonlySet<string> = new Set(["gateway.rollbackFailed", "stimulus.notRestored"]);

/** Runs long work: one job of a kind at a time, its steps in the evidence, its state in the `jobs` table. */
export function jobRunner(world: {
  readonly jobs: Table<JobView>;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly record: RecordEvidence;
}): JobRunner {
  const running = new Map<string, { kind: string; controller: AbortController; done: Promise<JobView> }>();

  function change(id: string, next: Partial<JobView>): JobView {
    const job = { ...(world.jobs.get(id) as JobView), ...next };
    world.jobs.set(job);
    return job;
  }

  async function run<D extends JobDetail>(
    id: string,
    work: JobWork<D>,
    signal: AbortSignal,
  ): Promise<JobView> {
    const startedAt = world.clock.monotonic();
    const control: JobControl<D> = {
      id,
      signal,
      get detail() {
        return world.jobs.get(id)?.detail as D;
      },
      progress(done, total, doing, leftMs) {
        const spent = world.clock.monotonic() - startedAt;
        const byPace = done > 0 && total > done ? Math.round((spent / done) * (total - done)) : null;
        change(id, { done, total, doing, leftMs: leftMs === undefined ? byPace : Math.round(leftMs) });
      },
      show: (detail) => void change(id, { detail }),
      record: (step, body) => world.record(`job.${step}`, { job: id, ...body }),
    };
    const { detail } = control;
    try {
      await world.record("job.started", { job: id, ...detail });
      const good = await work(control);
      return await end(id, { state: "done", good });
    } catch (error) {
      const [failure] = failuresOf(error);
      // A cancelled change that could not be put back is a failure that must not hide behind "cancelled".
      if (signal.aborted && !(failure && leavesChanged.has(failure.code))) {
        return await end(id, { state: "cancelled", good: false });
      }
      return await end(id, { state: "failed", good: false, failure: failure ?? null });
    } finally {
      running.delete(id);
    }
  }

  async function end(id: string, outcome: Partial<JobView>): Promise<JobView> {
    const { state, good, failure } = outcome;
    // A full disk must not hide the outcome from the person; the evidence lacks the line and says so by its gap.
    await world
      .record("job.ended", {
        job: id,
        kind: world.jobs.get(id)?.detail.kind,
        state,
        good,
        failure: failure ?? null,
      })
      .catch((error) => {
        outcome = { ...outcome, failure: failure ?? failuresOf(error)[0] ?? null };
      });
    return change(id, { ...outcome, endedAt: world.clock.now(), doing: null, leftMs: null });
  }

  return {
    start(detail, work) {
      for (const job of running.values()) {
        if (job.kind === detail.kind) throw new ProblemError({ code: "job.running", kind: detail.kind });
      }
      const id = world.crypto.randomId();
      const controller = new AbortController();
      world.jobs.set({
        key: id,
        state: "running",
        startedAt: world.clock.now(),
        endedAt: null,
        done: 0,
        total: 0,
        doing: null,
        leftMs: null,
        failure: null,
        good: false,
        detail,
      });
      const done = run(id, work, controller.signal);
      running.set(id, { kind: detail.kind, controller, done });
      return id;
    },
    cancel(id) {
      const job = running.get(id);
      if (!job) {
        if (world.jobs.get(id)) return;
        throw new ProblemError({ code: "job.unknown", job: id });
      }
      if (job.controller.signal.aborted) return;
      change(id, { state: "stopping", doing: phrase("doing.stopping") });
      job.controller.abort(new Error("cancelled"));
    },
    async ended(id) {
      return (await running.get(id)?.done) ?? (world.jobs.get(id) as JobView);
    },
    async stopAll() {
      // One that was started while the others ended is stopped as well.
      while (running.size > 0) {
        const jobs = [...running.values()];
        for (const job of jobs) job.controller.abort(new Error("closing"));
        await Promise.all(jobs.map((job) => job.done));
      }
    },
  };
}
