import type { Tag, Value } from "#domain/tag/tag.ts";
import { isDouble, numberOf, sameValue, toleranceOf } from "./closeness.ts";
import type { WireSample } from "./tagCheck.ts";

/** The time in which the gateway must have read what it shows. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The reads of the wire that bracket a span: those inside and one on either side. Reads on a line come at their own
 * pace, so the gateway's value was taken somewhere between two of them.
 */
export function bracket(wire: readonly WireSample[], span: Span): readonly WireSample[] {
  const before = wire.findLastIndex((sample) => sample.at <= span.from);
  const after = wire.findIndex((sample) => sample.at >= span.to);
  return wire.slice(Math.max(0, before), after === -1 ? wire.length : after + 1);
}

/**
 * Whether a value fits what the wire said over that time: one of the reads, or between their least and greatest.
 * A quarter of the band is allowed beyond it, for a curve that turned between two reads.
 */
export function fitsBand(tag: Tag, samples: readonly WireSample[], seen: Value): boolean {
  if (samples.some((sample) => sameValue(tag, sample.value, seen))) return true;
  const number = numberOf(seen);
  const numbers = samples.flatMap((sample) => numberOf(sample.value) ?? []);
  if (number === undefined || numbers.length === 0 || tag.type === "bit") return false;
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === greatest && !isDouble(tag)) return false;
  const margin = (greatest - least) / 4 + toleranceOf(tag, Math.max(Math.abs(least), Math.abs(greatest)));
  return number >= least - margin && number <= greatest + margin;
}

/** The read that a value most likely stems from: the nearest, and of equally near ones the latest. */
export function nearest(samples: readonly WireSample[], seen: Value): WireSample | undefined {
  const target = numberOf(seen);
  let best: WireSample | undefined;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const sample of samples) {
    const number = numberOf(sample.value);
    const gap = number === undefined || target === undefined ? 0 : Math.abs(number - target);
    if (gap <= bestGap) {
      best = sample;
      bestGap = gap;
    }
  }
  return best;
}
