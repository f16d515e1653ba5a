import type { ByteOrder } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { Tag, Value } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";
import { numberOf, sameValue, toleranceOf } from "./closeness.ts";
import type { WireSample } from "./tagCheck.ts";

export interface Reordered {
  readonly order: ByteOrder;
  readonly samples: readonly WireSample[];
}

/** The same words decoded in every other order that the tag's type knows. L and B are LL and BB in 64 bits. */
export function otherOrders(tag: Tag, samples: readonly WireSample[]): readonly Reordered[] {
  const { registers } = spanOf(tag.address, tag.type);
  const whole = samples.filter((sample) => sample.words.length === registers);
  const orders = ordersOf(tag.type).filter((order) => registers === 1 || order.length === 2);
  return orders
    .filter((order) => order !== tag.address.order)
    .map((order) => ({
      order,
      samples: whole.map((sample) => ({
        ...sample,
        value: scaleValue(decodeValue(sample.words, { ...tag.address, order }, tag.type), tag),
      })),
    }));
}

/** So many times narrower at least is what the right order shows where ours shows noise. */
const narrower = 4;
/** How far, of its size, a value may have moved since the wire was read, to be still taken for the same one. */
const nearby = 0.1;

/**
 * Another order that explains a value far better than the tag's own: it has the very value, or stands still near it
 * while ours jumps. A moving value in the wrong order jumps over the whole range of its type; anything lies within
 * such a band, or is some power of ten of it, and that proves nothing.
 */
export function tellingOrder(tag: Tag, samples: readonly WireSample[], seen: Value): Reordered | undefined {
  const number = numberOf(seen);
  // Words in the wrong order are often next to nothing: a printed 0 fits every one of them.
  if (number === undefined || toleranceOf(tag, number) >= Math.abs(number) * 0.05) return undefined;
  const has = (these: readonly WireSample[]) => these.some((sample) => sameValue(tag, sample.value, seen));
  if (has(samples)) return undefined;
  const isNear = ({ value }: WireSample) =>
    Math.abs((numberOf(value) ?? Number.NaN) - number) <= Math.abs(number) * nearby;
  const own = widthOf(samples);
  return otherOrders(tag, samples).find(
    (other) => has(other.samples) || (widthOf(other.samples) * narrower < own && other.samples.some(isNear)),
  );
}

function widthOf(samples: readonly WireSample[]): number {
  const numbers = samples.flatMap((sample) => numberOf(sample.value) ?? []);
  return Math.max(...numbers) - Math.min(...numbers);
}
