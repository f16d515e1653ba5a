import { createTable } from "#contract/table.ts";
import type { JobView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { jobRunner } from "#services/jobRunner.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { scanUnits } from "#services/scan.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { done, type Verb } from "./verb.ts";
import { placeOfLine, withWorld } from "./world.ts";

export const scan: Verb = {
  usage: `scan ${lineUsage} [--units 1-247]`,
  options: { ...lineOptions, units: { type: "string" } },
  run: (call) =>
    withWorld(async (world) => {
      const line = lineOf(call.options);
      const { from, to } = rangeOf(call.options.units);
      const jobs = createTable<JobView>();
      const runner = jobRunner({
        jobs,
        clock: world.clock,
        crypto: world.crypto,
        record: async () => undefined,
      });
      const traffic = openTraffic(placeOfLine(line), {
        lines: world.lines,
        clock: world.clock,
        onFrame: () => undefined,
      });
      jobs.watch({
        changed(key) {
          const job = jobs.get(key);
          if (job?.doing)
            call.terminal.progress(`${call.terminal.phrase(job.doing)} ${job.done}/${job.total}`);
        },
        removed: () => undefined,
      });
      const detail = { kind: "scan" as const, line: line.id, from, to, asked: 0, listenedMs: 0, units: [] };
      const cause: { error?: unknown } = {};
      const id = runner.start(detail, async (job) => {
        try {
          return await scanUnits(line, traffic, job, world.clock.monotonic);
        } catch (error) {
          cause.error = error;
          throw error;
        }
      });
      const cancel = () => runner.cancel(id);
      if (call.signal.aborted) cancel();
      call.signal.addEventListener("abort", cancel, { once: true });
      const job = await runner.ended(id);
      await traffic.close();
      call.signal.throwIfAborted();
      if (job.state !== "done") throw cause.error ?? new FaultError({ code: "internal", reason: job.state });
      const units = job.detail.kind === "scan" ? job.detail.units : [];
      call.terminal.table(
        [">Unit", "Answered", ">ms", "Identity"],
        units.map((unit) => [String(unit.number), unit.answered, unit.latencyMs.toFixed(0), unit.identity]),
      );
      return done({ units });
    }),
};

function rangeOf(text: string | boolean | undefined): { from: number; to: number } {
  if (text === undefined) return { from: 1, to: 247 };
  const match = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(String(text));
  const from = Number(match?.[1] ?? Number.NaN);
  const to = Number(match?.[2] ?? match?.[1] ?? Number.NaN);
  if (from === 0) throw new ProblemError({ code: "unit.broadcast", at: { field: "units" } });
  if (!(from >= 1 && to >= from && to <= 247)) {
    throw new ProblemError({ code: "usage", reason: `--units ${String(text)} is not a range within 1-247` });
  }
  return { from, to };
}
