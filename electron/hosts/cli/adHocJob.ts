import { createTable } from "#contract/table.ts";
import type { JobDetail, JobView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { type JobWork, jobRunner } from "#services/jobRunner.ts";
import type { World } from "#services/world.ts";
import type { Call } from "./verb.ts";

/**
 * Runs one job that belongs to no site, showing its progress; Ctrl+C cancels it. What it threw is thrown on, because
 * the error itself decides the exit code and the job keeps only what a page may be told.
 */
export async function runAdHoc<D extends JobDetail>(
  call: Call,
  world: World,
  detail: D,
  work: JobWork<D>,
): Promise<JobView & { readonly detail: D }> {
  const jobs = createTable<JobView>();
  const { clock, crypto } = world;
  const runner = jobRunner({ jobs, clock, crypto, record: async () => undefined });
  jobs.watch({
    changed(key) {
      const job = jobs.get(key);
      if (!job?.doing) return;
      const left = job.leftMs === null ? "" : `, ${Math.ceil(job.leftMs / 1000)} s left`;
      call.terminal.progress(`${call.terminal.phrase(job.doing)} ${job.done}/${job.total}${left}`);
    },
    removed: () => undefined,
  });
  const failed: { error?: unknown } = {};
  const id = runner.start(detail, async (job) => {
    try {
      return await work(job);
    } catch (error) {
      failed.error = error;
      throw error;
    }
  });
  const cancel = () => runner.cancel(id);
  if (call.signal.aborted) cancel();
  call.signal.addEventListener("abort", cancel, { once: true });
  const job = await runner.ended(id);
  call.signal.throwIfAborted();
  if (job.state !== "done") throw failed.error ?? new FaultError({ code: "internal", reason: job.state });
  return job as JobView & { readonly detail: D };
}
