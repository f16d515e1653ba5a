import { exchangeMs } from "../modbus/timing.ts";
import type { SerialSettings } from "../site/site.ts";
import { isBitArea } from "../tag/width.ts";
import type { Read, ReadLimits } from "./readPlan.ts";

/** unit, function, two words of place and count, CRC */
const requestBytes = 8;
/** unit, function, byte count, CRC */
const replyFrame = 5;

/** Time that one cycle of `reads` keeps a serial line busy, in ms. */
export function busTime(reads: readonly Read[], settings: SerialSettings, turnaroundMs: number): number {
  let total = 0;
  for (const read of reads) {
    const data = isBitArea(read.area) ? Math.ceil(read.count / 8) : read.count * 2;
    total += exchangeMs(settings, requestBytes, replyFrame + data, turnaroundMs);
  }
  return total;
}

/** The cost model of a serial line for `planReads`. */
export function serialLimits(settings: SerialSettings, turnaroundMs: number): ReadLimits {
  const perRequestMs = exchangeMs(settings, requestBytes, replyFrame, turnaroundMs);
  const perRegisterMs = exchangeMs(settings, requestBytes, replyFrame + 2, turnaroundMs) - perRequestMs;
  return { maxRegisters: 125, maxBits: 2000, perRequestMs, perRegisterMs, perBitMs: perRegisterMs / 16 };
}
