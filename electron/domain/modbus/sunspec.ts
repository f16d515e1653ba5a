import type { Words } from "../tag/tag.ts";
import { printableText } from "./printableText.ts";

/** Where the marker "SunS" may stand, as wire offsets of holding registers. @see SunSpec Information Model 2021, 3.1 */
export const sunspecBases = [40_000, 0, 50_000] as const;

/** Registers of the marker, and of the head (id, length) of each model behind it. */
export const sunspecHead = 2;

/** Model 1, without its last register (the unit number): maker, model, options, version, serial number. */
export const commonModel = { id: 1, registers: 64 } as const;

const endOfModels = 0xffff;

export function isSunspecMarker(words: Words): boolean {
  return words[0] === 0x5375 && words[1] === 0x6e53;
}

/** @returns id and length in registers of the model that a head announces; undefined where the chain ends */
export function modelOf(head: Words): { readonly id: number; readonly registers: number } | undefined {
  const [id = endOfModels, registers = 0] = head;
  return id === endOfModels || id === 0 ? undefined : { id, registers };
}

export interface CommonBlock {
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
  readonly serial: string;
}

/** @param words the first 64 registers of model 1's body */
export function parseCommonBlock(words: Words): CommonBlock {
  const text = (from: number, registers: number) =>
    printableText(
      Uint8Array.from(words.slice(from, from + registers).flatMap((word) => [word >> 8, word & 0xff])),
    );
  return { vendor: text(0, 16), product: text(16, 16), revision: text(40, 8), serial: text(48, 16) };
}
