import type { ByteOrder } from "#domain/tag/address.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { scaleValue } from "#domain/tag/format.ts";
import { spanOf } from "#domain/tag/span.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { ordersOf } from "#domain/tag/width.ts";
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
