import type { z } from "zod";
import type { Address } from "../tag/address.ts";
import type { Tag } from "../tag/tag.ts";
import type { profileSchema } from "./schema.ts";

type Deep<T> = T extends readonly (infer E)[]
  ? readonly Deep<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Deep<T[K]> }
    : T;

/** What one kind of device holds in its registers, and how it is told from others. */
export type Profile = Deep<z.infer<typeof profileSchema>>;
export type ProfilePoint = Profile["points"][number];
export type IdentifyRule = Profile["identify"][number];
export type GoldenRead = Profile["golden"][number];

/** Where a point sits on a unit. */
export function pointAddress(point: ProfilePoint, unit: number): Address {
  const { area, offset, bit, order, length, stringOrder } = point;
  return {
    unit,
    area,
    offset,
    ...(bit !== undefined && { bit }),
    ...(order !== undefined && { order }),
    ...(length !== undefined && { length }),
    ...(stringOrder !== undefined && { stringOrder }),
  };
}

/**
 * shown = raw × scale + bias.
 *
 * @param exponent the power of ten of a point with `scaleFrom`
 */
export function pointScale(point: ProfilePoint, exponent = 0): Pick<Tag, "scale" | "bias"> {
  // 10 ** -1 × 3 is not 0.3; a quotient of whole numbers is rounded once.
  const scale = (point.scale ?? 1) * (exponent > 0 ? 10 ** exponent : 1);
  return { scale: exponent < 0 ? scale / 10 ** -exponent : scale, bias: point.bias ?? 0 };
}
