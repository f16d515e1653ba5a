import type { CertificateView, UnitCertificateView } from "#contract/lineViews.ts";
import type { JobView } from "#contract/views.ts";
import type { JobOf } from "../../client/hooks.ts";
import type { State } from "../../parts/Chip.tsx";

export type QualityJob = JobOf<"quality">;

export const verdictStates: Readonly<Record<CertificateView["verdict"], State>> = {
  good: "ok",
  slow: "warn",
  bad: "bad",
};

/** The newest measurement of one unit of a line, running or ended. */
export function qualityOf(jobs: readonly JobView[], line: string, unit: number): QualityJob | undefined {
  return jobs
    .filter((job): job is QualityJob => isQuality(job, line) && job.detail.unit === unit)
    .reduce<QualityJob | undefined>(
      (best, job) => (!best || job.startedAt >= best.startedAt ? job : best),
      undefined,
    );
}

/** By unit of the line, its newest certificate from the evidence: one that is being made again stands until it is done. */
export function certificatesOf(
  all: readonly UnitCertificateView[],
  line: string,
): ReadonlyMap<number, UnitCertificateView> {
  return new Map(all.filter((one) => one.line === line).map((one) => [one.certificate.unit, one]));
}

/** The measurement that is running on a line, whichever unit it is of. */
export function certifyingOn(jobs: readonly JobView[], line: string): QualityJob | undefined {
  return jobs.find(
    (job): job is QualityJob => isQuality(job, line) && (job.state === "running" || job.state === "stopping"),
  );
}

function isQuality(job: JobView, line: string): job is QualityJob {
  return job.detail.kind === "quality" && job.detail.line === line;
}

/** A share as per cent with the figures that it is judged by: `0.08`, `31.0`. */
export function percent(share: number): string {
  const value = share * 100;
  return value.toFixed(value < 10 ? 2 : value < 99.95 ? 1 : 0);
}

/** What came of one kind of reads. A refusal came whole: the line did its part. */
export interface ReadBar {
  readonly at: number;
  readonly asked: number;
  readonly good: number;
  readonly refused: number;
  readonly bad: number;
  readonly silent: number;
}

/** By length in registers. Frames cut short or too long are bad ones; they are not counted by length. */
export function lengthBars(certificate: CertificateView): readonly ReadBar[] {
  return certificate.byLength.map(({ registers, asked, good, badCrc, silent }) => {
    const rest = Math.max(0, asked - good - badCrc - silent);
    const refused = Math.min(rest, certificate.exceptions);
    return { at: registers, asked, good, refused, silent, bad: badCrc + rest - refused };
  });
}

/** By pause before the request. What was not good is bad, unless the whole measurement met nothing worse. */
export function gapBars(certificate: CertificateView): readonly ReadBar[] {
  const { badCrc, short, long, silent, exceptions } = certificate;
  const kind = badCrc + short + long > 0 ? "bad" : silent > 0 ? "silent" : exceptions > 0 ? "refused" : "bad";
  return certificate.byGap.map(({ gapMs, asked, good }) => ({
    ...{ at: gapMs, asked, good, refused: 0, bad: 0, silent: 0 },
    [kind]: Math.max(0, asked - good),
  }));
}

/** What a sentence says, and what it says to do: the first sentence, and the rest. */
export function headAndRest(text: string): readonly [head: string, rest: string] {
  const end = /[.。](?=\s|$)|。/.exec(text);
  if (!end) return [text, ""];
  const cut = end.index + end[0].length;
  return [text.slice(0, cut), text.slice(cut).trim()];
}
