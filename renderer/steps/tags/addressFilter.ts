import type { TagView } from "#contract/views.ts";
import type { Area } from "#domain/tag/address.ts";
import { readPlace } from "#domain/tag/addressPlace.ts";
import { spanOf } from "#domain/tag/span.ts";
import { isBitArea } from "#domain/tag/width.ts";

/** A place that was typed: what is undefined may be any. */
interface Wanted {
  readonly unit: number | undefined;
  readonly area: Area | undefined;
  readonly offset: number;
}

const areaOfDigit: Readonly<Record<string, Area>> = {
  "0": "coil",
  "1": "discrete",
  "3": "input",
  "4": "holding",
};
const noContext = { area: undefined, base: undefined, numbers: undefined, isHex: false, hasAreaX: true };

/**
 * Reads a word of the filter as an address: `3!400010`, `40001`, `400001`, `4x0001`, `%MW10`, `hr:0`; `0x10` and `@16`
 * are wire addresses of any area. Undefined for any other word, a bare number too: it may be part of a name.
 */
export function wantedPlace(word: string): Wanted | undefined {
  const wire = /^@(\d{1,5})$/.exec(word);
  if (wire) return { unit: undefined, area: undefined, offset: Number(wire[1]) };
  const neuron = /^(\d{1,3})!([0134])(\d{4,6})(?:[#.]\w{0,4})?$/.exec(word);
  if (neuron) {
    const [, unit = "", digit = "", register = ""] = neuron;
    return { unit: Number(unit), area: areaOfDigit[digit], offset: Number(register) - 1 };
  }
  const hex = /^(?:0x|\$|&h)([0-9a-f]{1,4})$/i.exec(word) ?? /^0([0-9a-f]{1,4})h$/i.exec(word);
  if (hex) return { unit: undefined, area: undefined, offset: Number.parseInt(hex[1] ?? "", 16) };
  const place = readPlace(word, noContext);
  return place.ok ? { unit: undefined, ...place.value } : undefined;
}

/** Whether the tag's value lies there: a value of several registers is found by each of them. */
export function isAt({ tag: { address, type } }: TagView, { unit, area, offset }: Wanted): boolean {
  if (unit !== undefined && address.unit !== unit) return false;
  if (area !== undefined && address.area !== area) return false;
  const registers = isBitArea(address.area) ? 1 : spanOf(address, type).registers;
  return offset >= address.offset && offset < address.offset + registers;
}
