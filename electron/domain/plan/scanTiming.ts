import { charMs } from "../modbus/timing.ts";
import type { Line } from "../site/site.ts";

/** How long a scan waits for each unit, and how long it may come to wait at most. */
export interface ScanTiming {
  readonly timeoutMs: number;
  readonly mostMs: number;
}

/** The slowest usual turnaround on a serial line, its adapter's lag included; and a network's round trip. */
const carefulMs = { serial: 120, tcp: 500 } as const;
const mostMs = { serial: 1000, tcp: 4000 } as const;
/** Unit, function, length, one register, checksum. */
const replyBytes = 7;
/** An answer that took more of the time-out than this was lucky: others like it will be too late. */
const closeShare = 0.8;

/** Careful before anything is known: the slowest usual turnaround and the reply's own time on the wire. */
export function firstTiming(line: Line): ScanTiming {
  const replyMs = line.kind === "serial" ? replyBytes * charMs(line.settings) : 0;
  return { timeoutMs: Math.ceil(carefulMs[line.kind] + replyMs), mostMs: mostMs[line.kind] };
}

/** @param answeredMs from the request's last byte to the answer's */
export function afterAnswer(timing: ScanTiming, answeredMs: number): ScanTiming {
  if (answeredMs <= closeShare * timing.timeoutMs) return timing;
  return longer(timing, 2 * answeredMs);
}

/** An answer came after its time-out: there are units here that are slower than was waited for. */
export function afterLateAnswer(timing: ScanTiming): ScanTiming {
  return longer(timing, 2 * timing.timeoutMs);
}

function longer(timing: ScanTiming, ms: number): ScanTiming {
  return { ...timing, timeoutMs: Math.min(timing.mostMs, Math.max(timing.timeoutMs, Math.ceil(ms))) };
}
