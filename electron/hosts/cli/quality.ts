import { ProblemError } from "#domain/problem.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import { quantile } from "#domain/quality/latency.ts";
import { judgeLine } from "#domain/quality/lineVerdict.ts";
import type { JobControl } from "#services/jobRunner.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { certifyUnits, type QualityDetail } from "#services/quality.ts";
import { type QualityPlan, usualQualityPlan } from "#services/qualityPlan.ts";
import { runAdHoc } from "./adHocJob.ts";
import { lineOf, lineOptions, lineUsage, wholeNumber } from "./linePlace.ts";
import type { Terminal } from "./terminal.ts";
import { done, type Options, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const quality: Verb = {
  usage: `quality ${lineUsage} --unit N[,N…] [--reads 2000] [--soak MINUTES]`,
  options: {
    ...lineOptions,
    unit: { type: "string" },
    reads: { type: "string" },
    soak: { type: "string" },
  },
  run: (call) =>
    withWorld(async (world) => {
      const units = unitsOf(call.options);
      const line = {
        ...lineOf(call.options),
        units: units.map((number) => ({ number, name: "", identity: "" })),
      };
      const plan = planOf(call.options);
      const { lines, clock } = world;
      const traffic = openTraffic(placeOf(line), { lines, clock, onFrame: () => undefined });
      const [unit = 1, ...next] = units;
      const detail: QualityDetail = { kind: "quality", line: line.id, unit, next, certificate: null };
      const certificates: Certificate[] = [];
      const onCertified = (certificate: Certificate) => void certificates.push(certificate);
      const work = (job: JobControl<QualityDetail>) =>
        certifyUnits({ line, traffic, world, plan, onCertified }, job);
      const job = await runAdHoc(call, world, detail, work).finally(() => traffic.close());
      for (const certificate of certificates) print(certificate, units.length, call.terminal);
      if (units.length === 1) return done(certificates[0], job.good);
      const verdict = judgeLine(certificates, units);
      call.terminal.line(`line ${verdict?.verdict}: ${verdict ? call.terminal.phrase(verdict.says) : ""}`);
      return done({ ...verdict, certificates }, job.good);
    }),
};

function unitsOf(options: Options): readonly number[] {
  if (typeof options.unit !== "string") throw new ProblemError({ code: "usage", reason: "needs --unit N" });
  const units = options.unit.split(",").map((text) => {
    if (text === "0") throw new ProblemError({ code: "unit.broadcast", at: { field: "unit" } });
    const unit = wholeNumber({ unit: text }, "unit", 1);
    if (unit > 247) throw new ProblemError({ code: "unit.outOfRange", unit, at: { field: "unit" } });
    return unit;
  });
  return [...new Set(units)];
}

/** Fewer reads need fewer pauses measured, but no less than five of each can tell anything. */
function planOf(options: Options): QualityPlan {
  const reads = wholeNumber(options, "reads", usualQualityPlan.reads);
  const readsPerGap = Math.min(usualQualityPlan.readsPerGap, Math.max(5, Math.ceil(reads / 20)));
  const soakMs = options.soak === undefined ? 0 : wholeNumber(options, "soak", 1) * 60_000;
  return { ...usualQualityPlan, reads, readsPerGap, soakMs };
}

function print(certificate: Certificate, units: number, terminal: Terminal): void {
  if (units > 1) terminal.line(`unit ${certificate.unit}`);
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
      [
        "bad frames",
        `${percent(certificate.badShare)} (limit ${percent(certificate.limit)}, at most ${percent(certificate.atMost)})`,
      ],
      ["damage first / middle / last", [damage.first, damage.middle, damage.last].map(percent).join(" / ")],
      ["idle bytes", `${certificate.idleBytes} in ${certificate.idleMs} ms`],
      ["echo", certificate.echo ? "yes" : "no"],
      [
        "others on the line",
        certificate.neighbours === null ? "" : certificate.neighbours.join(", ") || "none",
      ],
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
  if (units > 1) terminal.line("");
}
