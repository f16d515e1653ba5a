import type { CandidateView } from "#contract/lineViews.ts";
import { ProblemError } from "#domain/problem.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import { type DetectDetail, detectSettings } from "#services/detect.ts";
import { runAdHoc } from "./adHocJob.ts";
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
      const detail: DetectDetail = {
        kind: "detect",
        line: line.id,
        passive: null,
        candidates: [],
        best: null,
      };
      const job = await runAdHoc(call, world, detail, (run) =>
        detectSettings(line, world, run, { passiveOnly }),
      );
      const { candidates, best, passive } = job.detail;
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
