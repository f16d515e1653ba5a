import type { Area, ByteOrder } from "./address.ts";
import type { TagType } from "./tag.ts";

/** 16-bit words of the numeric types; a string or bytes value takes what its length says. */
export const wordsOfType: Readonly<Record<Exclude<TagType, "string" | "bytes">, 1 | 2 | 4>> = {
  int16: 1,
  uint16: 1,
  bit: 1,
  int32: 2,
  uint32: 2,
  float: 2,
  int64: 4,
  uint64: 4,
  double: 4,
};

/** The order suffixes that Neuron's schema allows for a type (its `tag_regex`). */
export function ordersOf(type: TagType): readonly ByteOrder[] {
  if (type === "string" || type === "bytes" || type === "bit") return [];
  const words = wordsOfType[type];
  if (words === 1) return ["L", "B"];
  if (words === 2) return ["LL", "LB", "BL", "BB"];
  return ["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"];
}

export function isBitArea(area: Area): boolean {
  return area === "coil" || area === "discrete";
}
