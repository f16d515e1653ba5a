import type { FoundUnit, JobDetail } from "#contract/views.ts";
import { hasFault } from "#domain/fault.ts";
import { identityOf, identityRequests } from "#domain/modbus/identity.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { phrase } from "#domain/phrase.ts";
import type { Line } from "#domain/site/site.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineTraffic } from "./lineTraffic.ts";

export type ScanDetail = Extract<JobDetail, { kind: "scan" }>;

/** A unit that answers at all answers this: one holding register, or an exception that names it just as well. */
const probe = readRequest("holding", 0, 1);

/** A unit is asked this long before it counts as absent: the slowest usual turnaround and the line's own time. */
const absentAfterMs = { serial: 120, tcp: 500 } as const;

/**
 * Asks every unit from `from` to `to`, lowest first. Only a reply with a valid CRC that fits the request counts as
 * found. Each found unit is in the evidence before the next is asked.
 */
export async function scanUnits(
  line: Line,
  traffic: LineTraffic,
  job: JobControl<ScanDetail>,
  now: () => number,
): Promise<boolean> {
  const { from, to } = job.detail;
  const total = to - from + 1;
  const timeoutMs = Math.max(
    absentAfterMs[line.kind],
    line.kind === "serial" ? 40_000 / line.settings.baudRate : 0,
  );
  job.progress(0, total, phrase("doing.listening", { line: line.name }));
  for (let unit = from; unit <= to; unit++) {
    job.signal.throwIfAborted();
    const startedAt = now();
    job.progress(unit - from, total, phrase("doing.asking", { unit, found: job.detail.units.length }));
    const found = await ask(unit, traffic, timeoutMs, job);
    if (unit === from) job.show({ ...job.detail, listenedMs: Math.max(0, Math.round(now() - startedAt)) });
    const units = found ? [...job.detail.units, found] : job.detail.units;
    job.show({ ...job.detail, asked: unit - from + 1, units });
    if (found) await job.record("unitFound", { unit, found });
  }
  job.progress(total, total, phrase("doing.asking", { unit: to, found: job.detail.units.length }));
  await job.record("scanned", { line: line.id, from, to, units: job.detail.units });
  return true;
}

async function ask(
  unit: number,
  traffic: LineTraffic,
  timeoutMs: number,
  job: JobControl<ScanDetail>,
): Promise<FoundUnit | undefined> {
  const options = { timeoutMs, priority: "person" } as const;
  // A unit that is slow once is asked a second time before it is called absent.
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const reply = await traffic.exchange(unit, probe, options, job.signal);
      return await identify(unit, traffic, reply.latencyMs, "data", job);
    } catch (error) {
      if (hasFault(error, "line.exception")) return await identify(unit, traffic, 0, "exception", job);
      if (hasFault(error, "line.silent")) return undefined;
      // Bytes came but no valid frame: noise, or two units that answer at once. Ask again, never believe.
      if (!hasFault(error, "line.badFrame")) throw error;
    }
  }
  return undefined;
}

async function identify(
  unit: number,
  traffic: LineTraffic,
  latencyMs: number,
  answered: "data" | "exception",
  job: JobControl<ScanDetail>,
): Promise<FoundUnit> {
  job.progress(
    unit - job.detail.from,
    job.detail.to - job.detail.from + 1,
    phrase("doing.identifying", { unit }),
  );
  for (const request of identityRequests) {
    try {
      const reply = await traffic.exchange(unit, request, { timeoutMs: 500, priority: "person" }, job.signal);
      const identity = identityOf(reply.pdu);
      if (identity !== "") return { number: unit, name: "", identity, latencyMs: reply.latencyMs, answered };
    } catch (error) {
      const isAnswer = hasFault(error, "line.exception");
      if (!isAnswer && !hasFault(error, "line.silent") && !hasFault(error, "line.badFrame")) throw error;
    }
  }
  return { number: unit, name: "", identity: "", latencyMs, answered };
}
