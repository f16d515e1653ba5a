import type { ByteOrder } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { encodeValue } from "#domain/tag/encode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import type { Tag, Value } from "#domain/tag/tag.ts";
import { bracket, fitsBand } from "./band.ts";
import type { Cause } from "./cause.ts";
import { numberOf, sameValue } from "./closeness.ts";
import { otherOrders } from "./otherOrders.ts";
import { explains, type Fit, isNoise, isSteady, nearlyAll, type Seen } from "./seen.ts";
import type { TagCheck, WireSample } from "./tagCheck.ts";

/**
 * The same words in another order. A moving value in the wrong order jumps over the whole range of its type, and
 * anything lies within such a band: then what was seen, put back into the right order, must be near the wire, or
 * jump as wildly itself.
 */
export function reordered(check: TagCheck, series: readonly Seen[], fit: Fit): Cause | undefined {
  const { tag, wire } = check;
  const found = otherOrders(tag, wire).find(({ order, samples: others }) => {
    const turn = (samples: readonly WireSample[]) => apartFrom(tag, samples, inOrder(tag, samples, order));
    if (fit === "exact" || isSteady(others)) return explains(tag, wire, series, fit, turn);
    return isPutBack(check, series, order) || (isNoise(series) && isNoise(others));
  });
  return found && { code: "verdict.wordOrder", facts: { order: found.order } };
}

function inOrder(tag: Tag, samples: readonly WireSample[], order: ByteOrder): readonly WireSample[] {
  return otherOrders(tag, samples).find((one) => one.order === order)?.samples ?? [];
}

/** Where the two orders give one value, nothing tells them apart. */
function apartFrom(
  tag: Tag,
  own: readonly WireSample[],
  others: readonly WireSample[],
): readonly WireSample[] {
  const isApart = others.every((one) => own.every((plain) => !sameValue(tag, plain.value, one.value)));
  return isApart ? others : [];
}

/** Six printed digits of a float are all but its last four bits: put back, these make a sixth of the value. */
const lostInPrint = 0.17;

function isPutBack({ tag, wire }: TagCheck, series: readonly Seen[], order: ByteOrder): boolean {
  return nearlyAll(series, ({ value, span }) => {
    const back = putBack(tag, value, order);
    const meant = numberOf(back ?? "");
    if (back === undefined || meant === undefined) return false;
    if (tag.type !== "float" && tag.type !== "double") return fitsBand(tag, bracket(wire, span), back);
    return bracket(wire, span).some((sample) => {
      const number = numberOf(sample.value) ?? Number.NaN;
      return Math.abs(meant - number) <= Math.abs(number) * lostInPrint;
    });
  });
}

/** The value that our order makes of the words that the other order shows as `seen`. */
function putBack(tag: Tag, seen: Value, order: ByteOrder): Value | undefined {
  const isScaled = tag.scale !== 1 || tag.bias !== 0;
  const raw = isScaled ? Math.round(((numberOf(seen) ?? 0) - tag.bias) / tag.scale) : seen;
  const words = encodeValue(raw, { ...tag.address, order }, tag.type);
  return words.ok ? scaleValue(decodeValue(words.value, tag.address, tag.type), tag) : undefined;
}
