import { charMs } from "../modbus/timing.ts";
import type { Line, Site } from "../site/site.ts";

/** A line of the evidence. */
interface Entry {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Certified {
  readonly unit: number;
  readonly p50Ms: number;
  readonly byLength: readonly { readonly registers: number; readonly good: number }[];
}

/** unit, function, place, count and CRC of the request; unit, function, length and CRC of the answer */
const frameBytes = 13;

/**
 * How long units take to begin an answer, by line and unit, from the latest certificate of each: the middle one of its
 * times less what the middle one of its lengths takes on the wire.
 */
export function measuredWaits(
  evidence: readonly Entry[],
  { lines }: Pick<Site, "lines">,
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const waits = new Map<string, Map<number, number>>();
  for (const { kind, body } of evidence) {
    const line = kind === "job.certified" ? lines.find(({ id }) => id === body.line) : undefined;
    const certificate = body.certificate as Certified | undefined;
    const waitMs = line && certificate && waitOf(line, certificate);
    if (!line || !certificate || waitMs === undefined) continue;
    const ofLine = waits.get(line.id) ?? new Map<number, number>();
    waits.set(line.id, ofLine.set(certificate.unit, waitMs));
  }
  return waits;
}

function waitOf(line: Line, { p50Ms, byLength }: Certified): number | undefined {
  const lengths = byLength
    .flatMap(({ registers, good }) => new Array<number>(good).fill(registers))
    .sort((a, b) => a - b);
  const middle = lengths[lengths.length >> 1];
  if (middle === undefined) return undefined;
  const wireMs = line.kind === "serial" ? (frameBytes + 2 * middle) * charMs(line.settings) : 0;
  return Math.max(0, p50Ms - wireMs);
}
