import type { Address, Area } from "./address.ts";
import type { TagType } from "./tag.ts";
import { isBitArea, wordsOfType } from "./width.ts";

/** The stretch of one area that a tag occupies: `registers` counts 16-bit words, or bits in coils and discretes. */
export interface Span {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  readonly registers: number;
}

export function spanOf(address: Address, type: TagType): Span {
  const { unit, area, offset } = address;
  if (isBitArea(area)) return { unit, area, offset, registers: 1 };
  const registers =
    type === "string" || type === "bytes" ? Math.ceil((address.length ?? 2) / 2) : wordsOfType[type];
  return { unit, area, offset, registers };
}
