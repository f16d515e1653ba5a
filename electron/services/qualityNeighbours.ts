import { hasFault } from "#domain/fault.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import type { Line } from "#domain/site/site.ts";
import type { LineTraffic } from "./lineTraffic.ts";

/** More would cost time and tell nothing more. */
const mostAsked = 8;
const mostWaitMs = 300;
const question = readRequest("holding", 0, 1);

/** Asks one unit once. @returns true where a whole answer came, be it an exception */
export async function answersWhole(
  line: Line,
  unit: number,
  traffic: LineTraffic,
  signal: AbortSignal,
): Promise<boolean> {
  const options = { timeoutMs: Math.min(line.timeoutMs, mostWaitMs), priority: "person" } as const;
  try {
    await traffic.exchange(unit, question, options, signal);
    return true;
  } catch (error) {
    if (hasFault(error, "line.exception")) return true;
    if (hasFault(error, "line.silent") || hasFault(error, "line.badFrame")) return false;
    throw error;
  }
}

/**
 * Which other units of the site are on the line now: what is bad among many and good alone is so because of them.
 *
 * @returns null where there is nobody else to ask: one behind TCP has no neighbours on its own wire
 */
export async function askNeighbours(
  line: Line,
  unit: number,
  traffic: LineTraffic,
  signal: AbortSignal,
): Promise<readonly number[] | null> {
  const others = line.units.map(({ number }) => number).filter((number) => number !== unit);
  if (line.kind === "tcp" || others.length === 0) return null;
  const answered: number[] = [];
  for (const other of others.slice(0, mostAsked)) {
    if (await answersWhole(line, other, traffic, signal)) answered.push(other);
  }
  return answered;
}
