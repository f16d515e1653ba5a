import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { phrase } from "#domain/phrase.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import { judge } from "#domain/quality/judge.ts";
import { quantile } from "#domain/quality/latency.ts";
import {
  type Company,
  countReads,
  type Idle,
  type LineRead,
  readsOfDead,
} from "#domain/quality/lineReads.ts";
import { judgeLine } from "#domain/quality/lineVerdict.ts";
import type { Line } from "#domain/site/site.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineTraffic } from "./lineTraffic.ts";
import { askNeighbours } from "./qualityNeighbours.ts";
import { type Measuring, readGaps, readLengths, soak } from "./qualityPhases.ts";
import { findReadable } from "./qualityPlaces.ts";
import { type QualityPlan, usualQualityPlan } from "./qualityPlan.ts";
import { type ReadPlace, unitReader } from "./qualityReads.ts";
import type { World } from "./world.ts";

export type QualityDetail = Extract<JobDetail, { kind: "quality" }>;

const showEveryMs = 300;

export interface Certifying {
  readonly line: Line;
  readonly traffic: LineTraffic;
  readonly world: Pick<World, "clock">;
  readonly plan?: QualityPlan;
  /** was this unit certified as good while it was alone on the line? */
  readonly wasGoodAlone?: (unit: number) => boolean;
  /** a certificate is in the evidence now */
  readonly onCertified?: (certificate: Certificate) => void;
}

/**
 * Certifies the units of the job's detail one after another, and their line where they are more than one.
 *
 * @returns true when none of them is bad
 */
export async function certifyUnits(to: Certifying, job: JobControl<QualityDetail>): Promise<boolean> {
  const units = [job.detail.unit, ...job.detail.next];
  const { clock } = to.world;
  const plan = to.plan ?? usualQualityPlan;
  job.progress(0, plan.reads, phrase("doing.listening", { line: to.line.name }), units.length * plan.mostMs);
  const idle = await listen(to, plan.idleMs, job.signal);
  const certificates: Certificate[] = [];
  const startedAt = clock.monotonic();
  for (const [place, unit] of units.entries()) {
    const next = units.slice(place + 1);
    job.show({ ...job.detail, unit, next, certificate: null });
    const perUnitMs = place === 0 ? plan.mostMs : (clock.monotonic() - startedAt) / place;
    certificates.push(await certifyUnit(to, idle, job, next.length * perUnitMs));
  }
  if (units.length > 1) {
    const verdict = judgeLine(certificates, units);
    await job.record("lineCertified", { line: to.line.id, ...verdict, units });
  }
  return certificates.every(({ verdict }) => verdict !== "bad");
}

/**
 * Measures how well a unit reads over its line, names the likeliest cause of what is wrong, and leaves the certificate
 * in the evidence. Ends within the plan's time with what it has, however bad the line is.
 */
async function certifyUnit(
  { line, traffic, world: { clock }, plan = usualQualityPlan, wasGoodAlone, onCertified }: Certifying,
  idle: Idle,
  job: JobControl<QualityDetail>,
  laterMs: number,
): Promise<Certificate> {
  const { unit } = job.detail;
  const reads: LineRead[] = [];
  let company: Company = { neighbours: null, after: null, goodAlone: wasGoodAlone?.(unit) ?? false };
  const certificate = () => judge(countReads(unit, { ...idle, echo: traffic.echoes }, reads, company));
  let shownAt = Number.NEGATIVE_INFINITY;

  const startedAt = clock.monotonic();
  const time = new AbortController();
  const stopTime = clock.after(plan.mostMs, () => time.abort(new Error("time is over")));
  const signal = AbortSignal.any([job.signal, time.signal]);
  const measuring: Measuring = {
    plan,
    reads,
    clock,
    endMs: startedAt + plan.mostMs,
    tell(doing, leftMs) {
      const spentMs = Math.max(1, clock.monotonic() - startedAt);
      // At this pace so many reads will have been made at the end.
      const total = Math.ceil(reads.length * (1 + leftMs / spentMs));
      job.progress(reads.length, Math.max(1, total), doing, leftMs + laterMs);
    },
    note(read) {
      reads.push(read);
      if (reads.length < 8 || clock.monotonic() - shownAt < showEveryMs) return;
      shownAt = clock.monotonic();
      job.show({ ...job.detail, certificate: certificate() });
    },
  };

  let place: ReadPlace = { area: "holding", offset: 0 };
  const reader = unitReader(line, unit, traffic, clock, signal);
  try {
    const doing = phrase("doing.readingLength", { unit, registers: 1 });
    measuring.tell(doing, plan.mostMs);
    await untilOver(time.signal, job.signal, async () => {
      const neighbours = await askNeighbours(line, unit, traffic, signal);
      company = { ...company, neighbours, after: neighbours?.[0] ?? null };
      const readable = await findReadable(reader);
      place = readable.place;
      await readLengths(reader, readable, measuring, unit);
      await readGaps(reader, readable, measuring, { line, traffic, after: company.after, signal });
    });
  } finally {
    stopTime();
    reader.stop();
  }
  if (plan.soakMs > 0 && !isSilentAtEnd(reads)) {
    const patient = unitReader(line, unit, traffic, clock, job.signal, startedAt);
    await soak(patient, place, measuring, unit, job.signal).finally(patient.stop);
  }

  const final = certificate();
  job.show({ ...job.detail, certificate: final });
  const { latenciesMs } = final;
  const inShort = { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99) };
  await job.record("certified", { line: line.id, certificate: { ...final, ...inShort } });
  onCertified?.(final);
  return final;
}

/** Ends without a word when only the time is over. */
async function untilOver(
  time: AbortSignal,
  cancelled: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!time.aborted || cancelled.aborted) throw error;
  }
}

function isSilentAtEnd(reads: readonly LineRead[]): boolean {
  return reads.slice(-readsOfDead).every(({ outcome }) => outcome.at === "silent");
}

/** @throws FaultError line.taken where another master talks: then nothing is sent */
async function listen({ line, traffic }: Certifying, ms: number, signal: AbortSignal): Promise<Idle> {
  // Nobody else can be heard on a TCP link.
  if (line.kind === "tcp") return { idleBytes: 0, idleMs: 0, foreignFrames: 0, echo: false };
  const { bytes, frames } = await traffic.listen(ms, signal);
  if (frames.length > 0) {
    const units = [...new Set(frames.map((frame) => frame.bytes[0] ?? 0))].sort((a, b) => a - b);
    throw new FaultError({ code: "line.taken", frames: frames.length, units: units.join(", ") });
  }
  return { idleBytes: bytes, idleMs: ms, foreignFrames: 0, echo: false };
}
