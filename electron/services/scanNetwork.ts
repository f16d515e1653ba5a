import type { Line } from "#capabilities/line.ts";
import type { FoundHost } from "#contract/lineViews.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { hostsOf, isPrivate, parseHostRange } from "#domain/network/hostRange.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import { atRate } from "./find/atRate.ts";
import type { JobControl } from "./jobRunner.ts";
import { scanProbe } from "./scan.ts";
import { identify } from "./scanIdentify.ts";
import type { World } from "./world.ts";

export type NetworkDetail = Extract<JobDetail, { kind: "network" }>;

export interface NetworkPlan {
  readonly port: number;
  /** hosts asked a second at most */
  readonly perSecond: number;
}

/** A host on the same network takes the connection in far less, or nobody is there. */
const connectMs = 1000;
const answerMs = 1500;
/** The first unit, and the number that the standard gives a device with no serial line behind it. */
const unitsToAsk = [1, 255];

/**
 * The hosts of a range.
 * @param publicToo a person has confirmed that the range may lie outside of private networks
 * @throws ProblemError network.rangeInvalid, network.rangeTooLarge, network.rangePublic
 */
export function privateHosts(text: string, publicToo = false): readonly string[] {
  const range = parseHostRange(text);
  if (!range.ok) throw new ProblemError({ ...range.problem, at: { field: "range" } });
  if (!publicToo && !isPrivate(range.value))
    throw new ProblemError({ code: "network.rangePublic", text, at: { field: "range" } });
  return hostsOf(range.value);
}

/**
 * Looks for hosts that take connections on a port, at a bounded rate, and asks each of those whether it speaks Modbus:
 * by reading one register, then by its device identification. Nothing else is asked and no other host is spoken to.
 */
export async function scanNetwork(
  hosts: readonly string[],
  plan: NetworkPlan,
  world: Pick<World, "lines" | "clock">,
  job: JobControl<NetworkDetail>,
): Promise<boolean> {
  const tell = (host: string) =>
    job.progress(
      job.detail.asked,
      hosts.length,
      phrase("doing.askingHosts", { host, found: job.detail.found.length }),
    );

  async function ask(host: string): Promise<void> {
    const found = await lookAt(host, plan.port, world, job.signal);
    const all = found ? [...job.detail.found, found] : job.detail.found;
    const inOrder = [...all].sort((a, b) => hosts.indexOf(a.host) - hosts.indexOf(b.host));
    job.show({ ...job.detail, asked: job.detail.asked + 1, found: inOrder });
    tell(host);
  }

  await atRate(hosts, plan.perSecond, ask, world.clock, job.signal);
  const { range, port, found } = job.detail;
  await job.record("networkSearched", { range, port, found });
  return true;
}

/** @returns undefined where nobody takes the connection */
async function lookAt(
  host: string,
  port: number,
  { lines, clock }: Pick<World, "lines" | "clock">,
  signal: AbortSignal,
): Promise<FoundHost | undefined> {
  const tooLate = new AbortController();
  const forget = clock.after(connectMs, () => tooLate.abort());
  let line: Line;
  try {
    line = await lines.open({ kind: "tcp", host, port }, AbortSignal.any([signal, tooLate.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (tooLate.signal.aborted || hasFault(error, "line.unreachable")) return undefined;
    throw error;
  } finally {
    forget();
  }
  try {
    return { host, port, ...(await converse(line, signal)) };
  } finally {
    await line.close();
  }
}

async function converse(line: Line, signal: AbortSignal): Promise<Omit<FoundHost, "host" | "port">> {
  for (const unit of unitsToAsk) {
    const latencyMs = await answerOf(line, unit, signal);
    if (latencyMs === undefined) continue;
    const ask = async (pdu: Uint8Array) => (await line.exchange(unit, pdu, answerMs, signal)).pdu;
    const text = await identify(ask, ["fc43"]).then(
      (identified) => identified.text,
      (error) => (error instanceof FaultError ? "" : Promise.reject(error)),
    );
    return { speaksModbus: true, unit, identity: text, latencyMs: latencyMs || null };
  }
  return { speaksModbus: false, unit: null, identity: "", latencyMs: null };
}

/** @returns undefined where no Modbus answer came; 0 where it was an exception, which proves as much */
async function answerOf(line: Line, unit: number, signal: AbortSignal): Promise<number | undefined> {
  try {
    return (await line.exchange(unit, scanProbe, answerMs, signal)).latencyMs;
  } catch (error) {
    if (hasFault(error, "line.exception")) return 0;
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}
