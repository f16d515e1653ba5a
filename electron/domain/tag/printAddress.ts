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
