import { createTable } from "#contract/table.ts";
import type { CandidateView, JobView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import { type DetectDetail, detectSettings } from "#services/detect.ts";
import { jobRunner } from "#services/jobRunner.ts";
import { lineOf, lineOptions } from "./linePlace.ts";
import { done, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

const { port, baud, parity, data, stop, timeout } = lineOptions;

export const detect: Verb = {
  usage: "detect --port P [--passive] [--baud 9600] [--parity none|even|odd] [--data 8] [--stop 1]",
  options: { port, baud, parity, data, stop, timeout, passive: { type: "boolean" } },
  run: (call) =>
    withWorld(async (world) => {
      const line = lineOf(call.options);
      if (line.kind !== "serial") throw new ProblemError({ code: "usage", reason: `needs ${detect.usage}` });
      const passiveOnly = call.options.passive === true;
      const jobs = createTable<JobView>();
      const record = async () => undefined;
      const runner = jobRunner({ jobs, clock: world.clock, crypto: world.crypto, record });
      jobs.watch({
        changed(key) {
          const job = jobs.get(key);
          if (job?.doing)
            call.terminal.progress(`${call.terminal.phrase(job.doing)} ${job.done}/${job.total}`);
        },
        removed: () => undefined,
      });
      const detail: DetectDetail = {
        kind: "detect",
        line: line.id,
        passive: null,
        candidates: [],
        best: null,
      };
      const cause: { error?: unknown } = {};
      const id = runner.start(detail, async (job) => {
        try {
          return await detectSettings(line, world, job, { passiveOnly });
        } catch (error) {
          cause.error = error;
          throw error;
        }
      });
      const cancel = () => runner.cancel(id);
      if (call.signal.aborted) cancel();
      call.signal.addEventListener("abort", cancel, { once: true });
      const job = await runner.ended(id);
      call.signal.throwIfAborted();
      if (job.state !== "done") throw cause.error ?? new FaultError({ code: "internal", reason: job.state });
      const { candidates, best, passive } = job.detail as DetectDetail;
      const tried = candidates.filter((candidate) => candidate.tried);
      call.terminal.table(["Settings", ">Frames", ">Stray bytes", ">Unit", "Certain"], tried.map(rowOf));
      return done({ best, certain: job.good, passive, candidates: tried }, job.good);
    }),
};

function rowOf({ settings, frames, strayBytes, unit, certain }: CandidateView): readonly string[] {
  return [
    settingsText(settings),
    String(frames),
    String(strayBytes),
    unit ? String(unit) : "",
    certain ? "yes" : "",
  ];
}
