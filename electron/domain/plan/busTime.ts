import { charMs, exchangeMs, silentIntervalMs } from "../modbus/timing.ts";
import type { SerialSettings } from "../site/site.ts";
import { isBitArea } from "../tag/width.ts";
import type { Read, ReadLimits } from "./readPlan.ts";

/** unit, function, two words of place and count, CRC */
const requestBytes = 8;
/** unit, function, byte count, CRC */
const replyFrame = 5;
/** What TCP puts before a frame in place of its unit and CRC: seven bytes instead of three. */
const tcpMore = 4;

/** Neuron's pause before each request: its `interval`, as the configuration that Lastmile sends has it. */
export const neuronPauseMs = 20;
/** Turnaround that is assumed of a unit that nobody measured, after it has noticed the end of the request. */
export const usualTurnaroundMs = 10;
/** A TCP link's time to answer where nobody measured it. */
const usualTcpWaitMs = 5;

/** The cost model of a serial line for `planReads`. */
export function serialLimits(settings: SerialSettings, turnaroundMs: number): ReadLimits {
  const perRequestMs = exchangeMs(settings, requestBytes, replyFrame, turnaroundMs);
  const perRegisterMs = exchangeMs(settings, requestBytes, replyFrame + 2, turnaroundMs) - perRequestMs;
  return { maxRegisters: 125, maxBits: 2000, perRequestMs, perRegisterMs, perBitMs: perRegisterMs / 16 };
}

/** How requests pass on a line: `settings` of a serial one, and how long units take until they begin to answer. */
export interface LineTiming {
  readonly settings: SerialSettings | undefined;
  /** from the last bit of the request to the first bit of the answer, by unit; only measured ones are in it */
  readonly waitsMs: ReadonlyMap<number, number>;
  /** pause of the master before each request */
  readonly pauseMs: number;
}

/** What one round of reads costs. */
export interface RoundCost {
  readonly reads: number;
  /** of both directions */
  readonly bytes: number;
  readonly cycleMs: number;
}

function waitMs(timing: LineTiming, unit: number): number {
  const usual = timing.settings ? silentIntervalMs(timing.settings) + usualTurnaroundMs : usualTcpWaitMs;
  return timing.waitsMs.get(unit) ?? usual;
}

/** What is asked of each unit in one round: requests, and bytes of both directions. */
export type Requests = ReadonlyMap<number, { readonly reads: number; readonly bytes: number }>;

export function requestsOf(reads: readonly Read[], isSerial: boolean): Requests {
  const frame = requestBytes + replyFrame + (isSerial ? 0 : 2 * tcpMore);
  const byUnit = new Map<number, { reads: number; bytes: number }>();
  for (const { unit, area, count } of reads) {
    const asked = byUnit.get(unit) ?? { reads: 0, bytes: 0 };
    if (asked.reads === 0) byUnit.set(unit, asked);
    asked.reads += 1;
    asked.bytes += frame + (isBitArea(area) ? Math.ceil(count / 8) : count * 2);
  }
  return byUnit;
}

/** Time that one round of requests takes, one after the other. */
export function roundCost(requests: Requests, timing: LineTiming): RoundCost {
  const characterMs = timing.settings ? charMs(timing.settings) : 0;
  let [reads, bytes, waitedMs] = [0, 0, 0];
  for (const [unit, asked] of requests) {
    reads += asked.reads;
    bytes += asked.bytes;
    waitedMs += asked.reads * (timing.pauseMs + waitMs(timing, unit));
  }
  return { reads, bytes, cycleMs: bytes * characterMs + waitedMs };
}

/** How Neuron passes its requests. */
export function neuronTiming(timing: Omit<LineTiming, "pauseMs">): LineTiming {
  return { ...timing, pauseMs: neuronPauseMs };
}

/** How Lastmile passes its own: after the silence that a serial line needs, and no more. */
export function ownTiming(timing: Omit<LineTiming, "pauseMs">): LineTiming {
  return { ...timing, pauseMs: timing.settings ? silentIntervalMs(timing.settings) : 0 };
}
