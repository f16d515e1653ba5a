import type { Tag, Value } from "#domain/tag/tag.ts";
import { bracket, fitsBand, type Span } from "./band.ts";
import { numberOf, sameValue } from "./closeness.ts";
import type { WireSample } from "./tagCheck.ts";

/** One value that a far end showed, with the time in which it must have been read. */
export interface Seen {
  readonly value: Value;
  readonly span: Span;
}

/**
 * How well an explanation fits: it gives the very value, or one between what two reads give. The first convinces
 * more, as a moving value has much between two reads.
 */
export type Fit = "exact" | "band";
export const fitOrder: readonly Fit[] = ["exact", "band"];

/** How many of the last values an explanation has to fit. */
const looked = 6;

/** The values that need an explanation, newest last: those that are not as the wire was in their time. */
export function unexplained(
  tag: Tag,
  wire: readonly WireSample[],
  before: readonly Seen[],
  newest: Seen,
): readonly Seen[] {
  const wrong = before.filter((one) => !fitsBand(tag, bracket(wire, one.span), one.value));
  return [...wrong, newest].slice(-looked);
}

/** Whether the reads, turned into what the explanation makes of them, give the values that were seen. */
export function explains(
  tag: Tag,
  wire: readonly WireSample[],
  series: readonly Seen[],
  fit: Fit,
  turn: (samples: readonly WireSample[]) => readonly WireSample[],
): boolean {
  // A value that is wrong may have been printed with other digits than the tag's.
  const printings = tag.precision > 0 ? [tag, { ...tag, precision: 0 }] : [tag];
  return nearlyAll(series, ({ value, span }) => {
    const samples = turn(bracket(wire, span));
    if (samples.length === 0) return false;
    return printings.some((as) =>
      fit === "band"
        ? fitsBand(as, samples, value)
        : samples.some((sample) => sameValue(as, sample.value, value)),
    );
  });
}

/** All of them; of five and more one may be away, as a curve can turn between two reads. */
export function nearlyAll(series: readonly Seen[], isSo: (one: Seen) => boolean): boolean {
  let allowed = series.length >= 5 ? 1 : 0;
  return series.every((one) => isSo(one) || --allowed >= 0);
}

/** So many times larger than another is no value that moves. */
const wildFactor = 100;

/** Values that jump as words do that are read in the wrong order. */
export function isNoise(these: readonly { readonly value: Value }[]): boolean {
  const sizes = these.map(({ value }) => Math.abs(numberOf(value) ?? Number.NaN)).filter(Number.isFinite);
  return sizes.length > 1 && Math.max(...sizes) > wildFactor * Math.min(...sizes);
}

/** Of its size, what a value may move within a few seconds to be still one value. */
const steadyShare = 0.25;

/** Values that stay together, so that lying between two of them says something. */
export function isSteady(these: readonly { readonly value: Value }[]): boolean {
  const numbers = these.flatMap(({ value }) => numberOf(value) ?? []);
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  return greatest - least <= steadyShare * Math.max(Math.abs(least), Math.abs(greatest));
}

/** The reads with each number turned into another. */
export function turned(
  samples: readonly WireSample[],
  turn: (value: number) => number,
): readonly WireSample[] {
  return samples.flatMap((sample) => {
    const number = numberOf(sample.value);
    return number === undefined ? [] : [{ ...sample, value: turn(number) }];
  });
}
