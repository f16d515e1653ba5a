import type { Tag } from "#domain/tag/tag.ts";
import { bracket } from "./band.ts";
import type { Cause } from "./cause.ts";
import { numberOf, toleranceOf } from "./closeness.ts";
import { measuresOf } from "./measures.ts";
import { explains, type Fit, nearlyAll, type Seen, turned } from "./seen.ts";
import type { TagCheck, WireSample } from "./tagCheck.ts";

const powers = [10, 0.1, 100, 0.01, 1000, 0.001, 1e4, 1e-4, 1e5, 1e-5, 1e6, 1e-6];

/** The value with fewer digits, rounded or cut: decimals, or digits in all, as a float leaves of a long counter. */
export function precisionCut({ wire }: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  // A round number has fewer digits by chance: what all of them can be written with counts.
  const digits = Math.max(...series.map(({ value }) => decimalsOf(numberOf(value) ?? Number.NaN)));
  const unit = 10 ** digits;
  const toDecimals = [
    (number: number) => Math.round(number * unit) / unit,
    (number: number) => Math.trunc(number * unit) / unit,
  ];
  if (isCut(wire, series, fit, toDecimals)) return { code: "verdict.precision", facts: { digits } };
  const significant = Math.max(...series.map(({ value }) => significantOf(numberOf(value) ?? Number.NaN)));
  if (significant < leastSignificant || significant > mostSignificant) return undefined;
  const toSignificant = [(number: number) => Number(number.toPrecision(significant))];
  if (isCut(wire, series, fit, toSignificant)) return { code: "verdict.precision", facts: { significant } };
  return isCut(wire, series, "exact", [Math.fround])
    ? { code: "verdict.precision", facts: { significant: 7 } }
    : undefined;
}

const leastSignificant = 3;
const mostSignificant = 17;

function isCut(
  wire: readonly WireSample[],
  series: readonly Seen[],
  fit: Fit,
  cuts: readonly ((number: number) => number)[],
): boolean {
  return nearlyAll(series, ({ value, span }) => {
    const seen = numberOf(value);
    const numbers = bracket(wire, span).flatMap((sample) => numberOf(sample.value) ?? []);
    const shortened = numbers.flatMap((number) => cuts.map((cut) => cut(number)));
    if (seen === undefined || shortened.length === 0) return false;
    if (fit === "exact") return shortened.includes(seen);
    return seen >= Math.min(...shortened) && seen <= Math.max(...shortened);
  });
}

/** Decimals of a number as it is written; 9 stands for many. */
function decimalsOf(value: number): number {
  for (let digits = 0; digits < 9; digits++) {
    if (Number(value.toFixed(digits)) === value) return digits;
  }
  return 9;
}

/** Digits of a number without the noughts around them. */
function significantOf(value: number): number {
  return value.toExponential().replace(/e.*$/, "").replace(/\D/g, "").length;
}

/** A power of ten, or the tag's own factor left out. */
export function scaled({ tag, wire }: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  const asDouble: Tag = { ...tag, type: "double" };
  if (series.some(({ value }) => isCoarse(asDouble, numberOf(value) ?? 0))) return undefined;
  const unscaled = tag.scale === 1 || tag.bias !== 0 ? [] : [1 / tag.scale];
  const factor = [...unscaled, ...powers].find((power) =>
    explains(asDouble, wire, series, fit, (samples) => turned(samples, (value) => value * power)),
  );
  return factor === undefined ? undefined : { code: "verdict.scale", facts: { factor } };
}

/** A value of one or two printed digits is ten times nearly anything. */
function isCoarse(tag: Tag, seen: number): boolean {
  return toleranceOf(tag, seen) > Math.abs(seen) * 0.05;
}

const widths = { int16: 16, uint16: 16, int32: 32, uint32: 32, int64: 64, uint64: 64 } as const;

/** The negative of the value, or the same bits read with the other sign rule. */
export function signLost({ tag, wire }: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  if (series.some(({ value }) => numberOf(value) === 0)) return undefined;
  const asDouble: Tag = { ...tag, type: "double" };
  const turns: ((value: number) => number)[] = [(value) => -value];
  if (tag.type in widths) {
    const turn = 2 ** widths[tag.type as keyof typeof widths] * tag.scale;
    turns.push(
      (value) => value + turn,
      (value) => value - turn,
    );
  }
  const lost = turns.some((turn) =>
    explains(asDouble, wire, series, fit, (samples) => turned(samples, turn)),
  );
  return lost ? { code: "verdict.sign", facts: {} } : undefined;
}

/** How far a conversion may be off that somebody typed with a few digits. */
const roundedFactor = 1e-4;
const apart = 50;
/** Many units lie near each other's multiples: a value of fewer digits proves none of them. */
const leastDigits = 3;

/** The same quantity in another unit of measure. */
export function otherMeasure({ tag, wire }: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  if (series.every(({ value }) => significantOf(numberOf(value) ?? 0) < leastDigits)) return undefined;
  const found = measuresOf(tag.unit).find(({ factor, offset }) => {
    const turn = (value: number) => value * factor + offset;
    return nearlyAll(series, ({ value, span }) => {
      const seen = numberOf(value) ?? Number.NaN;
      const numbers = bracket(wire, span).flatMap((sample) => numberOf(sample.value) ?? []);
      const shown = numbers.map(turn);
      const near = Math.abs(seen) * roundedFactor + toleranceOf({ ...tag, type: "double" }, seen);
      // Where the conversion changes next to nothing, it explains nothing.
      if (numbers.some((number, index) => Math.abs(number - (shown[index] ?? 0)) <= apart * near))
        return false;
      if (fit === "exact") return shown.some((one) => Math.abs(one - seen) <= near);
      return seen >= Math.min(...shown) - near && seen <= Math.max(...shown) + near;
    });
  });
  return found && { code: "verdict.unit", facts: { unit: found.unit, shown: found.shown } };
}
