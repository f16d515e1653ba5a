import type { Value } from "#domain/tag/tag.ts";
import { bracket, type Span } from "./band.ts";
import { otherMeasure, precisionCut, scaled, signLost } from "./causeNumber.ts";
import { reordered } from "./causeOrder.ts";
import { otherUnit, swapped } from "./causeOther.ts";
import { frozen, outdated, publishTime } from "./causeTime.ts";
import { numberOf } from "./closeness.ts";
import { tellingOrder } from "./otherOrders.ts";
import { type Fit, fitOrder, isNoise, nearlyAll, type Seen, unexplained } from "./seen.ts";
import type { TagCheck } from "./tagCheck.ts";

/** Why a value is not what the wire said: a verdict's code with what is particular to it. */
export type Cause =
  | {
      readonly code: "verdict.precision";
      readonly facts: { readonly digits: number } | { readonly significant: number };
    }
  | { readonly code: "verdict.scale"; readonly facts: { readonly factor: number } }
  | { readonly code: "verdict.sign"; readonly facts: Readonly<Record<never, never>> }
  | { readonly code: "verdict.wordOrder"; readonly facts: { readonly order: string } }
  | { readonly code: "verdict.unit"; readonly facts: { readonly unit: string; readonly shown: string } }
  | { readonly code: "verdict.stale"; readonly facts: { readonly ageMs: number } }
  | { readonly code: "verdict.publishTime"; readonly facts: { readonly lagMs: number } }
  | { readonly code: "verdict.otherUnit"; readonly facts: { readonly other: number } }
  | { readonly code: "verdict.swapped"; readonly facts: { readonly other: string } }
  | { readonly code: "verdict.differs"; readonly facts: Readonly<Record<never, never>> };

/**
 * The first explanation that fits, the most telling first: those that give the very value before those that only give
 * one near it.
 *
 * @param seen known not to fit the wire over `span`
 * @param before what that side showed earlier in this attempt, oldest first
 */
export function causeOf(
  check: TagCheck,
  seen: Value,
  span: Span,
  side: "gateway" | "cloud" = "cloud",
  before: readonly Seen[] = [],
): Cause {
  const series = unexplained(check.tag, check.wire, before, { value: seen, span });
  // Where the wire itself jumps, it is we who read it in the wrong order, and nothing else can be told from it.
  const order = isNoise(check.wire) ? toldOrder(check, series) : undefined;
  if (order) return order;
  for (const fit of fitOrder) {
    const cause = explained(check, series, side, fit);
    if (cause) return cause;
  }
  return toldOrder(check, series) ?? { code: "verdict.differs", facts: {} };
}

/** One order that explains each value far better than the tag's own. */
function toldOrder({ tag, wire }: TagCheck, series: readonly Seen[]): Cause | undefined {
  const told = ({ value, span }: Seen) => tellingOrder(tag, bracket(wire, span), value)?.order;
  const order = series.map(told).find((one) => one !== undefined);
  return order !== undefined && nearlyAll(series, (one) => told(one) === order)
    ? { code: "verdict.wordOrder", facts: { order } }
    : undefined;
}

function explained(
  check: TagCheck,
  series: readonly Seen[],
  side: "gateway" | "cloud",
  fit: Fit,
): Cause | undefined {
  const numeric = check.tag.type !== "bit" && series.every(({ value }) => numberOf(value) !== undefined);
  return (
    (numeric
      ? (precisionCut(check, series, fit) ?? scaled(check, series, fit) ?? signLost(check, series, fit))
      : undefined) ??
    (fit === "exact" ? (reordered(check, series, fit) ?? outdated(check, series)) : undefined) ??
    (numeric ? otherMeasure(check, series, fit) : undefined) ??
    otherUnit(check, series, fit) ??
    swapped(check, series, fit, side) ??
    (fit === "band"
      ? (frozen(check, series) ?? reordered(check, series, fit) ?? publishTime(check, series))
      : undefined)
  );
}
