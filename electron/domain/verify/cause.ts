import type { Tag, Value } from "#domain/tag/tag.ts";
import { bracket, fitsBand, type Span } from "./band.ts";
import { numberOf, sameValue, toleranceOf } from "./closeness.ts";
import { otherOrders, tellingOrder } from "./otherOrders.ts";
import type { TagCheck, WireSample } from "./tagCheck.ts";

/** Why a value is not what the wire said: a verdict's code with what is particular to it. */
export type Cause =
  | { readonly code: "verdict.precision"; readonly facts: { readonly digits: number } }
  | { readonly code: "verdict.scale"; readonly facts: { readonly factor: number } }
  | { readonly code: "verdict.sign"; readonly facts: Readonly<Record<never, never>> }
  | { readonly code: "verdict.wordOrder"; readonly facts: { readonly order: string } }
  | { readonly code: "verdict.stale"; readonly facts: { readonly ageMs: number } }
  | { readonly code: "verdict.swapped"; readonly facts: { readonly other: string } }
  | { readonly code: "verdict.differs"; readonly facts: Readonly<Record<never, never>> };

/** The first explanation that fits, the most telling first. `seen` is known not to fit the wire over `span`. */
export function causeOf(check: TagCheck, seen: Value, span: Span): Cause {
  const samples = bracket(check.wire, span);
  const number = numberOf(seen);
  const telling = tellingOrder(check.tag, samples, seen);
  if (telling) return { code: "verdict.wordOrder", facts: { order: telling.order } };
  const numeric = number !== undefined && check.tag.type !== "bit";
  return (
    (numeric ? (precisionCut(samples, number) ?? scaled(check.tag, samples, number)) : undefined) ??
    (numeric ? signLost(check.tag, samples, number) : undefined) ??
    reordered(check.tag, samples, seen) ??
    outdated(check, seen, span) ??
    swapped(check, seen) ?? { code: "verdict.differs", facts: {} }
  );
}

/** The value with fewer decimals, rounded or cut. */
function precisionCut(samples: readonly WireSample[], seen: number): Cause | undefined {
  const digits = decimalsOf(seen);
  const numbers = samples.flatMap((sample) => numberOf(sample.value) ?? []);
  const unit = 10 ** digits;
  const shortened = numbers.flatMap((number) => [
    Math.round(number * unit) / unit,
    Math.trunc(number * unit) / unit,
  ]);
  if (seen < Math.min(...shortened) || seen > Math.max(...shortened)) return undefined;
  return { code: "verdict.precision", facts: { digits } };
}

/** Decimals of a number as it is written; 9 stands for many. */
function decimalsOf(value: number): number {
  for (let digits = 0; digits < 9; digits++) {
    if (Number(value.toFixed(digits)) === value) return digits;
  }
  return 9;
}

const powers = [10, 0.1, 100, 0.01, 1000, 0.001, 1e4, 1e-4, 1e5, 1e-5, 1e6, 1e-6];

function scaled(tag: Tag, samples: readonly WireSample[], seen: number): Cause | undefined {
  const asDouble: Tag = { ...tag, type: "double" };
  // A value of one or two printed digits is ten times nearly anything.
  if (toleranceOf(asDouble, seen) > Math.abs(seen) * 0.05) return undefined;
  const unscaled = tag.scale === 1 || tag.bias !== 0 ? [] : [1 / tag.scale];
  const factor = [...unscaled, ...powers].find((power) =>
    fitsBand(
      asDouble,
      shifted(samples, (value) => value * power),
      seen,
    ),
  );
  return factor === undefined ? undefined : { code: "verdict.scale", facts: { factor } };
}

const widths = { int16: 16, uint16: 16, int32: 32, uint32: 32, int64: 64, uint64: 64 } as const;

/** The negative of the value, or the same bits read with the other sign rule. */
function signLost(tag: Tag, samples: readonly WireSample[], seen: number): Cause | undefined {
  if (seen === 0) return undefined;
  const asDouble: Tag = { ...tag, type: "double" };
  const turns: ((value: number) => number)[] = [(value) => -value];
  if (tag.type in widths) {
    const turn = 2 ** widths[tag.type as keyof typeof widths] * tag.scale;
    turns.push(
      (value) => value + turn,
      (value) => value - turn,
    );
  }
  const lost = turns.some((turn) => fitsBand(asDouble, shifted(samples, turn), seen));
  return lost ? { code: "verdict.sign", facts: {} } : undefined;
}

function reordered(tag: Tag, samples: readonly WireSample[], seen: Value): Cause | undefined {
  const found = otherOrders(tag, samples).find(({ samples: others }) => {
    const least =
      others.length > 0 &&
      others.every((one) => samples.every((plain) => !sameValue(tag, plain.value, one.value)));
    return least && fitsBand(tag, others, seen);
  });
  return found && { code: "verdict.wordOrder", facts: { order: found.order } };
}

/** A value that the wire had before: the far end stands still. */
function outdated(check: TagCheck, seen: Value, span: Span): Cause | undefined {
  const old = check.wire.findLast(
    (sample) => sample.at < span.from && sameValue(check.tag, sample.value, seen),
  );
  return old && { code: "verdict.stale", facts: { ageMs: Math.max(0, check.now - old.at) } };
}

/** Another tag's value, when only one tag has it and it is not one that many have. */
function swapped(check: TagCheck, seen: Value): Cause | undefined {
  if (seen === 0 || seen === 1 || seen === "") return undefined;
  const twins = (check.others ?? []).filter((other) => sameValue(check.tag, other.value, seen));
  const twin = twins.length === 1 ? twins[0] : undefined;
  return twin && { code: "verdict.swapped", facts: { other: twin.name } };
}

function shifted(samples: readonly WireSample[], shift: (value: number) => number): readonly WireSample[] {
  return samples.flatMap((sample) => {
    const number = numberOf(sample.value);
    return number === undefined ? [] : [{ ...sample, value: shift(number) }];
  });
}
