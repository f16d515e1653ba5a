import type { FoundUnit, SuspectUnit } from "#contract/lineViews.ts";
import type { JobDetail } from "#contract/views.ts";
import { hasFault } from "#domain/fault.ts";
import { identitySources } from "#domain/modbus/identity.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { charMs } from "#domain/modbus/timing.ts";
import { phrase } from "#domain/phrase.ts";
import { afterAnswer, afterLateAnswer, firstTiming, type ScanTiming } from "#domain/plan/scanTiming.ts";
import type { FingerprintPlace } from "#domain/profile/fingerprint.ts";
import type { Line } from "#domain/site/site.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineTraffic } from "./lineTraffic.ts";
import { identify } from "./scanIdentify.ts";
import { watchScan } from "./scanWatch.ts";

export type ScanDetail = Extract<JobDetail, { kind: "scan" }>;

/** A unit that answers at all answers this: one holding register, or an exception that names it just as well. */
export const scanProbe = readRequest("holding", 0, 1);
const requestBytes = 8;

/** Bytes that make no frame are asked about again: noise passes, two units with one number stay. */
const mostAttempts = 3;
const shortestIdentifyMs = 500;
/** So many units are asked again at most after a crash that nobody saw coming. */
const unitsPerNote = 16;

/** Nothing asked yet. */
export function scanDetail(line: Line, from: number, to: number): ScanDetail {
  const { timeoutMs } = firstTiming(line);
  const range = { from, to: Math.max(from, to) };
  return {
    kind: "scan",
    line: line.id,
    ...range,
    asked: 0,
    listenedMs: 0,
    timeoutMs,
    units: [],
    suspects: [],
  };
}

/**
 * Asks every unit from `from` to `to` that was not asked yet, lowest first. Only a reply with a valid CRC that fits the
 * request counts as found, twice where the line is noisy. Where units prove to be slow, the silent ones are asked once
 * more with a longer time-out. Each found unit is in the evidence before the next is asked.
 *
 * @param timing how long each unit is waited for at first; by the line's settings unless told
 * @param places registers by which profiles know units that do not name themselves
 * @throws line.taken with nothing sent where another master talks, and the faults of opening and losing a line
 */
export async function scanUnits(
  line: Line,
  traffic: LineTraffic,
  job: JobControl<ScanDetail>,
  now: () => number,
  timing: ScanTiming = firstTiming(line),
  places: readonly FingerprintPlace[] = [],
): Promise<boolean> {
  const { from, to, asked: askedBefore } = job.detail;
  const requestMs = line.kind === "serial" ? requestBytes * charMs(line.settings) : 0;
  const watch = watchScan(traffic, line.kind);
  /** silent units, by how long they were waited for; of an earlier run that is not known, so not at all */
  const silent = new Map<number, number>();
  const isTold = (unit: number) =>
    [...job.detail.units, ...job.detail.suspects].some(({ number }) => number === unit);
  for (let unit = from; unit < from + askedBefore; unit++)
    if (!isTold(unit)) silent.set(unit, timing.timeoutMs);

  const exchange = (unit: number, pdu: Uint8Array, timeoutMs: number) =>
    traffic.exchange(unit, pdu, { timeoutMs, priority: "person" }, job.signal);

  /** @returns how the unit answered; undefined: no frame was whole; "silent": nothing came, or nobody is there */
  async function probe(
    unit: number,
  ): Promise<Pick<FoundUnit, "answered" | "latencyMs"> | "silent" | undefined> {
    const startedAt = now();
    try {
      const { latencyMs } = await exchange(unit, scanProbe, timing.timeoutMs);
      const slower = afterAnswer(timing, latencyMs - requestMs);
      // Once may be this machine's own delay; a unit that is slow is so again.
      if (slower !== timing && (await isSlow(unit))) timing = slower;
      return { answered: "data", latencyMs };
    } catch (error) {
      if (hasFault(error, "line.exception")) {
        // The first exchange also opened the line.
        if (line.kind === "tcp" && done > 0) timing = afterAnswer(timing, now() - startedAt);
        const isBehindNobody = line.kind === "tcp" && isUnreachableUnit(error.fault.exception);
        return isBehindNobody ? "silent" : { answered: "exception", latencyMs: 0 };
      }
      if (hasFault(error, "line.silent")) return "silent";
      if (!hasFault(error, "line.badFrame")) throw error;
      return undefined;
    }
  }

  async function isSlow(unit: number): Promise<boolean> {
    try {
      const { latencyMs } = await exchange(unit, scanProbe, timing.timeoutMs);
      return afterAnswer(timing, latencyMs - requestMs) !== timing;
    } catch (error) {
      if (hasFault(error, "line.silent") || hasFault(error, "line.badFrame")) return true;
      if (hasFault(error, "line.exception")) return false;
      throw error;
    }
  }

  async function ask(unit: number): Promise<void> {
    const waitedMs = timing.timeoutMs;
    let [fits, garbled] = [0, 0];
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const answer = await probe(unit);
      if (answer === "silent") break;
      if (answer === undefined) garbled++;
      else if (++fits >= (watch.isNoisy ? 2 : 1)) return keep(unit, answer);
    }
    if (fits > 0 || garbled === mostAttempts) suspect({ number: unit, reason: "garbled" });
    else silent.set(unit, waitedMs);
  }

  async function keep(unit: number, answer: Pick<FoundUnit, "answered" | "latencyMs">): Promise<void> {
    silent.delete(unit);
    watch.found(unit);
    job.progress(...soFar(), phrase("doing.identifying", { unit }));
    const identifyMs = Math.max(shortestIdentifyMs, 2 * timing.timeoutMs);
    const { seen, text, by } = await identify(
      async (pdu) => (await exchange(unit, pdu, identifyMs)).pdu,
      identitySources,
      places,
    );
    const found: FoundUnit = { number: unit, name: "", identity: text, ...answer, seen, identifiedBy: by };
    const units = [...job.detail.units, found].sort((a, b) => a.number - b.number);
    job.show({ ...job.detail, units });
    await job.record("unitFound", { unit, found });
  }

  function suspect(unit: SuspectUnit): void {
    silent.delete(unit.number);
    const others = job.detail.suspects.filter(({ number }) => number !== unit.number);
    job.show({ ...job.detail, suspects: [...others, unit].sort((a, b) => a.number - b.number) });
  }

  /** The time left is told by what this run has asked, not by what an earlier one had. */
  let [done, total] = [0, to - from + 1 - askedBefore];
  const soFar = (): [number, number] => [done, total];

  try {
    job.progress(...soFar(), phrase("doing.listening", { line: line.name }));
    for (let unit = from + askedBefore; unit <= to; unit++) {
      job.signal.throwIfAborted();
      const startedAt = now();
      if (done > 0)
        job.progress(...soFar(), phrase("doing.asking", { unit, found: job.detail.units.length }));
      await ask(unit);
      learn();
      if (done === 0) job.show({ ...job.detail, listenedMs: Math.max(0, Math.round(now() - startedAt)) });
      done++;
      job.show({ ...job.detail, asked: unit - from + 1, timeoutMs: timing.timeoutMs });
      if (done % unitsPerNote === 0)
        await job.record("unitsAsked", { to: unit, suspects: job.detail.suspects });
    }
    const again = [...silent].filter(([, waitedMs]) => waitedMs < timing.timeoutMs).map(([unit]) => unit);
    total += again.length;
    for (const unit of again) {
      job.signal.throwIfAborted();
      const facts = { unit, timeoutMs: timing.timeoutMs, found: job.detail.units.length };
      job.progress(...soFar(), phrase("doing.askingAgain", facts));
      await ask(unit);
      learn();
      done++;
    }
  } finally {
    watch.end();
  }
  const { units, suspects } = job.detail;
  job.progress(...soFar(), phrase("doing.asking", { unit: to, found: units.length }));
  await job.record("scanned", { line: line.id, from, to, units, suspects });
  return true;

  /** What passed on the line beside the answers waited for. */
  function learn(): void {
    const { late, twice } = watch.take();
    if (late) timing = afterLateAnswer(timing);
    for (const unit of twice) suspect({ number: unit, reason: "twice" });
  }
}

/** A gateway's word for "nobody there": no path to the unit, or it did not answer. */
function isUnreachableUnit(exception: number): boolean {
  return exception === 10 || exception === 11;
}
