import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import { quantile } from "#domain/quality/latency.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { certifyUnit, type QualityDetail, type QualityPlan, usualQualityPlan } from "#services/quality.ts";
import { runAdHoc } from "./adHocJob.ts";
import { lineOf, lineOptions, lineUsage, wholeNumber } from "./linePlace.ts";
import type { Terminal } from "./terminal.ts";
import { done, type Options, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const quality: Verb = {
  usage: `quality ${lineUsage} --unit N [--reads 400]`,
  options: { ...lineOptions, unit: { type: "string" }, reads: { type: "string" } },
  run: (call) =>
    withWorld(async (world) => {
      const line = lineOf(call.options);
      const unit = unitOf(call.options);
      const plan = planOf(call.options);
      const { lines, clock } = world;
      const traffic = openTraffic(placeOf(line), { lines, clock, onFrame: () => undefined });
      const detail: QualityDetail = { kind: "quality", line: line.id, unit, certificate: null };
      const work = (job: JobControl<QualityDetail>) => certifyUnit(line, traffic, world, job, plan);
      const job = await runAdHoc(call, world, detail, work).finally(() => traffic.close());
      const { certificate } = job.detail;
      if (certificate === null) throw new FaultError({ code: "internal", reason: "no certificate" });
      print(certificate, call.terminal);
      return done(certificate, job.good);
    }),
};

function unitOf(options: Options): number {
  if (options.unit === "0") throw new ProblemError({ code: "unit.broadcast", at: { field: "unit" } });
  if (options.unit === undefined) throw new ProblemError({ code: "usage", reason: "needs --unit N" });
  const unit = wholeNumber(options, "unit", 1);
  if (unit > 247) throw new ProblemError({ code: "unit.outOfRange", unit, at: { field: "unit" } });
  return unit;
}

/** Fewer reads need fewer pauses measured, but no less than five of each can tell anything. */
function planOf(options: Options): QualityPlan {
  const reads = wholeNumber(options, "reads", usualQualityPlan.reads);
  const readsPerGap = Math.min(usualQualityPlan.readsPerGap, Math.max(5, Math.ceil(reads / 20)));
  return { ...usualQualityPlan, reads, readsPerGap };
}

function print(certificate: Certificate, terminal: Terminal): void {
  const { latenciesMs, damage, byLength, byGap } = certificate;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const ms = (share: number) => `${quantile(latenciesMs, share).toFixed(0)} ms`;
  terminal.table(
    ["Figure", ">Value"],
    [
      ["reads", String(certificate.asked)],
      ["good", String(certificate.good)],
      ["exceptions", String(certificate.exceptions)],
      ["silent", String(certificate.silent)],
      ["bad CRC", String(certificate.badCrc)],
      ["short", String(certificate.short)],
      ["long", String(certificate.long)],
      ["bad frames", `${percent(certificate.badShare)} (limit ${percent(certificate.limit)})`],
      ["damage first / middle / last", [damage.first, damage.middle, damage.last].map(percent).join(" / ")],
      ["idle bytes", `${certificate.idleBytes} in ${certificate.idleMs} ms`],
      ["echo", certificate.echo ? "yes" : "no"],
      ["latency p50 / p99", `${ms(0.5)} / ${ms(0.99)}`],
    ],
  );
  terminal.line("");
  terminal.table(
    [">Registers", ">Reads", ">Good", ">Bad", ">Silent"],
    byLength.map((row) => [row.registers, row.asked, row.good, row.badCrc, row.silent].map(String)),
  );
  if (byGap.length > 0) {
    terminal.line("");
    terminal.table(
      [">Pause ms", ">Reads", ">Good"],
      byGap.map((row) => [row.gapMs, row.asked, row.good].map(String)),
    );
  }
  terminal.line("");
  terminal.line(`${certificate.verdict}: ${terminal.phrase(certificate.says)}`);
}
