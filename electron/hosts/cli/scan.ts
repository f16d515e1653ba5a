import { ProblemError } from "#domain/problem.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { type ScanDetail, scanUnits } from "#services/scan.ts";
import { runAdHoc } from "./adHocJob.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { done, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const scan: Verb = {
  usage: `scan ${lineUsage} [--units 1-247]`,
  options: { ...lineOptions, units: { type: "string" } },
  run: (call) =>
    withWorld(async (world) => {
      const line = lineOf(call.options);
      const { from, to } = rangeOf(call.options.units);
      const traffic = openTraffic(placeOf(line), {
        lines: world.lines,
        clock: world.clock,
        onFrame: () => undefined,
      });
      const detail: ScanDetail = {
        kind: "scan",
        line: line.id,
        from,
        to,
        asked: 0,
        listenedMs: 0,
        units: [],
      };
      const work = (job: JobControl<ScanDetail>) => scanUnits(line, traffic, job, world.clock.monotonic);
      const job = await runAdHoc(call, world, detail, work).finally(() => traffic.close());
      const { units } = job.detail;
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
