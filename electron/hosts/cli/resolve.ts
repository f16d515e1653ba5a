import { z } from "zod";
import { type HypothesisView, resolveSample } from "#contract/tagViews.ts";
import { ProblemError } from "#domain/problem.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import {
  type ResolveDetail,
  type ResolveQuestion,
  resolveDetailOf,
  resolveTag,
} from "#services/resolveTag.ts";
import { runAdHoc } from "./adHocJob.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { readInput } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { type Call, done, type Options, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const resolve: Verb = {
  usage: `resolve ${lineUsage} --unit N ADDRESS --expect 229.0 [--tolerance 1] [--after FIRST.json]   (400001; FIRST.json is what --json gave before the value changed)`,
  options: {
    ...lineOptions,
    unit: { type: "string" },
    expect: { type: "string" },
    tolerance: { type: "string" },
    after: { type: "string" },
  },
  run: (call) =>
    withWorld(async (world) => {
      const line = lineOf(call.options);
      const question = questionOf(call);
      const { after } = call.options;
      const earlier = typeof after === "string" ? samplesIn((await readInput(after)).toString("utf8")) : [];
      const { lines, clock } = world;
      const traffic = openTraffic(placeOf(line), { lines, clock, onFrame: () => undefined });
      const detail = resolveDetailOf(line.id, question, earlier);
      const work = (job: JobControl<ResolveDetail>) => resolveTag(line, traffic, world, question, job);
      const job = await runAdHoc(call, world, detail, work).finally(() => traffic.close());
      const { verdict, hypotheses, nearest, samples } = job.detail;
      print(job.detail, call.terminal);
      return done({ verdict, hypotheses, nearest, samples }, job.good);
    }),
};

function questionOf({ words, options }: Call): ResolveQuestion {
  const [word] = words;
  if (word === undefined) throw new ProblemError({ code: "usage", reason: "needs an address" });
  const unit = typeof options.unit === "string" ? options.unit : undefined;
  if (unit === undefined && !word.includes("!")) {
    throw new ProblemError({ code: "usage", reason: "needs --unit N" });
  }
  const parsed = parseAddress(word.includes("!") ? word : `${unit}!${word}`, "uint16");
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  const { area, offset } = parsed.value;
  // A coil is one bit: nothing in it can be read in two ways, and the parser has refused it.
  if (area !== "holding" && area !== "input") throw new Error(`resolving in ${area}`);
  const expect = typeof options.expect === "string" ? options.expect : "";
  return { unit: parsed.value.unit, area, offset, expect, tolerance: toleranceOf(options) };
}

function toleranceOf({ tolerance }: Options): number | null {
  if (tolerance === undefined) return null;
  const value = Number(tolerance);
  if (tolerance === "" || !(value >= 0)) {
    throw new ProblemError({ code: "value.notNumber", text: String(tolerance), at: { field: "tolerance" } });
  }
  return value;
}

/** The samples of an earlier answer. */
function samplesIn(text: string) {
  const document = z.object({ samples: z.array(resolveSample) });
  try {
    return document.parse(JSON.parse(text)).samples;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new ProblemError({ code: "file.notJson", reason, at: { field: "after" } });
  }
}

function print({ verdict, hypotheses, nearest }: ResolveDetail, terminal: Terminal): void {
  const shown = verdict === "none" ? nearest : hypotheses;
  terminal.table(["Address", "Type", ">Scale", ">Shows", ">Raw", "Words"], shown.slice(0, 10).map(rowOf));
  if (verdict === "certain") terminal.line("certain: this alone fits");
  if (verdict === "ambiguous") {
    terminal.line(
      `ambiguous: ${hypotheses.length} ways fit; read again with --after when the value has changed`,
    );
  }
  if (verdict === "none") {
    terminal.line(
      nearest.length === 0 ? "none: nothing comes near" : "none: nothing fits; this comes closest",
    );
  }
}

function rowOf({ printed, type, orSigned, scale, shown, raw, words }: HypothesisView): readonly string[] {
  return [printed, orSigned ? `${type} (or ${type.slice(1)})` : type, String(scale), shown, raw, words];
}
