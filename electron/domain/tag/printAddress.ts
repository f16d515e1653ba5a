import type { Address, Area } from "./address.ts";

export const areaDigit: Readonly<Record<Area, string>> = {
  coil: "0",
  discrete: "1",
  input: "3",
  holding: "4",
};

/** Neuron's form with register numbers from 1 and at least five digits: `1!400001#BL`, `1!400015.3`, `1!400021.10H`. */
export function printAddress(address: Address): string {
  const register = String(address.offset + 1).padStart(5, "0");
  const place = `${address.unit}!${areaDigit[address.area]}${register}`;
  if (address.bit !== undefined) return `${place}.${address.bit}`;
  if (address.length !== undefined) return `${place}.${address.length}${address.stringOrder ?? ""}`;
  return address.order === undefined ? place : `${place}#${address.order}`;
}

/** How manuals print a place. `iec` is Schneider's %MW; the area has no place in `plain` and `hex`. */
export const notations = [
  "neuron",
  "five",
  "six",
  "areaX",
  "short",
  "iec",
  "hex",
  "hexSuffix",
  "plain",
] as const;
export type Notation = (typeof notations)[number];

const shortNames: Readonly<Record<Area, string>> = { coil: "co", discrete: "di", input: "ir", holding: "hr" };
const iecNames: Readonly<Record<Area, string>> = { coil: "%M", discrete: "%I", input: "%IW", holding: "%MW" };

/**
 * The same place in another notation, a bit behind a point. Undefined where the notation has no number so high (five
 * digits end at 9999).
 *
 * @param base what the first register is called, in the notations where that differs
 */
export function printPlace(address: Address, notation: Notation, base: 0 | 1): string | undefined {
  const { area, offset, bit } = address;
  const register = offset + base;
  const tail = bit === undefined ? "" : `.${bit}`;
  const place = (): string | undefined => {
    switch (notation) {
      case "neuron":
        return printAddress(address);
      case "five":
        return register > 9999 ? undefined : `${areaDigit[area]}${String(register).padStart(4, "0")}`;
      case "six":
        return `${areaDigit[area]}${String(register).padStart(5, "0")}`;
      case "areaX":
        return `${areaDigit[area]}x${String(register).padStart(4, "0")}`;
      case "short":
        return `${shortNames[area]}:${offset}`;
      case "iec":
        return `${iecNames[area]}${offset}`;
      case "hex":
        return `0x${register.toString(16).toUpperCase()}`;
      case "hexSuffix":
        return `0${register.toString(16).toUpperCase()}h`;
      case "plain":
        return String(register);
    }
  };
  const text = place();
  return notation === "neuron" || text === undefined ? text : `${text}${tail}`;
}
