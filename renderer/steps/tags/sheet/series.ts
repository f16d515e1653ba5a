import { printAddress } from "#domain/tag/printAddress.ts";
import { spanOf } from "#domain/tag/span.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { type CellField, cellText } from "./cellText.ts";

/**
 * The text of a cell `steps` below its origin in a series: names count up, an address follows on by the registers of
 * its tag, anything else repeats.
 */
export function seriesText(origin: Tag, field: CellField, steps: number): string {
  if (field === "name") return countedUp(origin.name, steps);
  if (field === "address") return printAddress(followingAddress(origin, steps));
  return cellText(origin, field);
}

/** The place right behind the tag, `steps` tags of its kind further on. */
export function followingAddress(tag: Tag, steps: number): Tag["address"] {
  const { address, type } = tag;
  if (address.bit !== undefined) {
    const bit = address.bit + steps;
    return { ...address, offset: address.offset + Math.floor(bit / 16), bit: bit % 16 };
  }
  return { ...address, offset: address.offset + steps * spanOf(address, type).registers };
}

/** `pump_09` two steps on is `pump_11`; a name without a number gets one. */
export function countedUp(name: string, steps: number): string {
  const found = /^(.*?)(\d+)(\D*)$/.exec(name);
  if (!found) return `${name}_${steps + 1}`;
  const [, before = "", digits = "", after = ""] = found;
  return `${before}${String(BigInt(digits) + BigInt(steps)).padStart(digits.length, "0")}${after}`;
}

/**
 * The tags once more: names count up to the next free one, and the block as a whole moves behind itself in each area
 * of each unit.
 *
 * @param taken keys that the site has already
 */
export function repeated(tags: readonly Tag[], taken: ReadonlySet<string>): readonly Tag[] {
  const used = new Set(taken);
  const shift = blockLengths(tags);
  return tags.map((tag) => {
    let steps = 1;
    let next = { ...tag, name: countedUp(tag.name, steps) };
    while (used.has(tagKey(next))) next = { ...tag, name: countedUp(tag.name, ++steps) };
    used.add(tagKey(next));
    const { address } = tag;
    return { ...next, address: { ...address, offset: address.offset + (shift.get(placeOf(tag)) ?? 0) } };
  });
}

/** Registers from the first to behind the last of the tags, by unit and area. */
function blockLengths(tags: readonly Tag[]): ReadonlyMap<string, number> {
  const ends = new Map<string, { first: number; end: number }>();
  for (const tag of tags) {
    const { offset, registers } = spanOf(tag.address, tag.type);
    const known = ends.get(placeOf(tag)) ?? { first: offset, end: 0 };
    ends.set(placeOf(tag), {
      first: Math.min(known.first, offset),
      end: Math.max(known.end, offset + registers),
    });
  }
  return new Map([...ends].map(([place, { first, end }]) => [place, end - first]));
}

function placeOf({ line, address }: Tag): string {
  return `${line}/${address.unit}/${address.area}`;
}
