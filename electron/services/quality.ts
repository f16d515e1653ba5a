import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { phrase } from "#domain/phrase.ts";
import type { Certificate } from "#domain/quality/certificate.ts";
import { judge } from "#domain/quality/judge.ts";
import { latencyHistogram, quantile } from "#domain/quality/latency.ts";
import { countReads, type Idle, type LineRead } from "#domain/quality/lineReads.ts";
import type { Line } from "#domain/site/site.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineTraffic } from "./lineTraffic.ts";
import { findReadable, type Readable } from "./qualityPlaces.ts";
import { type UnitReader, unitReader } from "./qualityReads.ts";
import type { World } from "./world.ts";

export type QualityDetail = Extract<JobDetail, { kind: "quality" }>;

/**
 * How much is measured: reads of all lengths together, reads for each pause, and the ms that both may take. Finding
 * out what can be read at all is part of the first.
 */
export interface QualityPlan {
  readonly idleMs: number;
  readonly reads: number;
  readonly readsPerGap: number;
  readonly mostLengthMs: number;
  readonly mostGapMs: number;
}

export const usualQualityPlan: QualityPlan = {
  idleMs: 3000,
  reads: 400,
  readsPerGap: 20,
  mostLengthMs: 25_000,
  mostGapMs: 9000,
};

const gapsMs = [0, 5, 20, 50] as const;
const showEveryMs = 300;

/** A silent unit, and one that never makes a whole frame, show what they are before all reads are done. */
const readsOfSilent = 8;
const readsOfUnreadable = 60;

/**
 * Measures how well a unit reads over its line, names the likeliest cause of what is wrong, and leaves the certificate
 * in the evidence. Listens first: where another master talks, nothing is sent and line.taken is thrown.
 *
 * @returns true when the verdict is good, or good but slow at times
 */
export async function certifyUnit(
  line: Line,
  traffic: LineTraffic,
  world: World,
  job: JobControl<QualityDetail>,
  plan: QualityPlan = usualQualityPlan,
): Promise<boolean> {
  const { unit } = job.detail;
  const { clock } = world;
  const total = plan.reads + gapsMs.length * plan.readsPerGap;
  job.progress(0, total, phrase("doing.listening", { line: line.name }));
  const idle = await listen(line, traffic, plan.idleMs, job.signal);

  const reads: LineRead[] = [];
  const certificate = () => judge(countReads(unit, { ...idle, echo: traffic.echoes }, reads));
  let shownAt = Number.NEGATIVE_INFINITY;
  const show = (next: Certificate) => job.show({ ...job.detail, certificate: next });
  const note = (read: LineRead) => {
    reads.push(read);
    if (reads.length < readsOfSilent || clock.monotonic() - shownAt < showEveryMs) return;
    shownAt = clock.monotonic();
    show(certificate());
  };

  const reader = unitReader(line, unit, traffic, clock, job.signal);
  try {
    job.progress(0, total, phrase("doing.readingLength", { unit, registers: 1 }));
    const startedAt = clock.monotonic();
    const readable = await findReadable(reader);
    const measuring = { plan, total, reads, note, job, clock: clock.monotonic };
    await readLengths(reader, readable, measuring, startedAt);
    await readGaps(reader, readable, measuring, line.timeoutMs);
  } finally {
    reader.stop();
  }

  const final = certificate();
  show(final);
  job.progress(total, total, phrase("doing.readingGap", { gapMs: gapsMs.at(-1) ?? 0 }));
  await job.record("certified", { line: line.id, certificate: forEvidence(final) });
  return final.verdict !== "bad";
}

async function listen(line: Line, traffic: LineTraffic, ms: number, signal: AbortSignal): Promise<Idle> {
  // Nobody else can be heard on a TCP link.
  if (line.kind === "tcp") return { idleBytes: 0, idleMs: 0, foreignFrames: 0, echo: false };
  const { bytes, frames } = await traffic.listen(ms, signal);
  if (frames.length > 0) {
    const units = [...new Set(frames.map((frame) => frame.bytes[0] ?? 0))].sort((a, b) => a - b);
    throw new FaultError({ code: "line.taken", frames: frames.length, units: units.join(", ") });
  }
  return { idleBytes: bytes, idleMs: ms, foreignFrames: 0, echo: false };
}

interface Measuring {
  readonly plan: QualityPlan;
  readonly total: number;
  readonly reads: readonly LineRead[];
  note(read: LineRead): void;
  readonly job: JobControl<QualityDetail>;
  readonly clock: () => number;
}

/**
 * The lengths take turns, so that a passing disturbance meets all of them, and each round begins with another, so
 * that a unit which misses every second request does not seem to miss one length.
 */
async function readLengths(
  reader: UnitReader,
  { place, lengths }: Readable,
  to: Measuring,
  startedAt: number,
): Promise<void> {
  const { plan, job, reads } = to;
  // A line on which finding out took long still needs time to be measured.
  const end = Math.max(startedAt + plan.mostLengthMs, to.clock() + plan.mostLengthMs / 3);
  for (let done = 0; done < plan.reads && to.clock() < end && !isHopeless(reads); done++) {
    const registers = lengths[(done + Math.floor(done / lengths.length)) % lengths.length] ?? 1;
    // Where time runs out before the reads do, it is the time that tells how far this is.
    const spent = 1 - (end - to.clock()) / plan.mostLengthMs;
    const reached = Math.max(done, Math.floor(spent * plan.reads));
    job.progress(reached, to.total, phrase("doing.readingLength", { unit: job.detail.unit, registers }));
    to.note(await reader.read(place, registers));
  }
}

/** Nothing came at all, or never a whole frame: more of the same would tell nothing new. */
function isHopeless(reads: readonly LineRead[]): boolean {
  if (reads.length < readsOfSilent) return false;
  if (reads.every(({ outcome }) => outcome.at === "silent" || outcome.at === "neverSilent")) return true;
  return reads.length >= readsOfUnreadable && !reads.some(isValid);
}

function isValid({ outcome }: LineRead): boolean {
  return outcome.at === "good" || outcome.at === "exception";
}

/**
 * Short reads with a pause before each. Only a read that follows an answer tells something of the pause: the wait for
 * an answer that never came is a long pause already.
 */
async function readGaps(
  reader: UnitReader,
  { place }: Readable,
  to: Measuring,
  longestMs: number,
): Promise<void> {
  const { plan, job, reads } = to;
  if (!reads.some(isValid)) return;
  const latenciesMs = reads.flatMap(({ outcome }) => (outcome.at === "good" ? outcome.latencyMs : []));
  // How late it can be is known by now, and a pause that it cannot do without costs a time-out each time.
  const known = latenciesMs.length < 10 ? longestMs : 100 + 2 * Math.max(...latenciesMs);
  const timeoutMs = Math.min(longestMs, known);
  const end = to.clock() + plan.mostGapMs;
  const all = gapsMs.length * plan.readsPerGap;
  for (let done = 0; done < all && to.clock() < end; ) {
    const gapMs = gapsMs[done % gapsMs.length] ?? 0;
    job.progress(to.total - all + done, to.total, phrase("doing.readingGap", { gapMs }));
    const follows = reads.at(-1)?.outcome.at !== "silent";
    to.note(await reader.read(place, 1, follows ? { gapMs, timeoutMs } : {}));
    if (follows) done += 1;
  }
}

function forEvidence({ latenciesMs, ...rest }: Certificate): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    latencyHistogram: latencyHistogram(latenciesMs),
  };
}
