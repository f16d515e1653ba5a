import type { TagType } from "#domain/tag/tag.ts";
import { wordsOfType } from "#domain/tag/width.ts";

/** Neuron's numbers for the data types that read right on Modbus. */
const plainTypes: Readonly<Record<number, TagType>> = {
  3: "int16",
  4: "uint16",
  5: "int32",
  6: "uint32",
  7: "int64",
  8: "uint64",
  9: "float",
  10: "double",
  11: "bit",
  13: "string",
  14: "bytes",
};

/** Types that the gateway takes on registers and misreads: INT8, UINT8, BOOL, WORD, DWORD, LWORD, TIME. */
export const misread = { int8: 1, uint8: 2, bool: 12, word: 16, dword: 17, lword: 18, time: 20 } as const;

const misreadWords: Readonly<Record<number, number>> = { 1: 1, 2: 1, 12: 1, 16: 1, 17: 2, 18: 4, 20: 2 };

export function plainType(kind: number): TagType | undefined {
  return plainTypes[kind];
}

/** Registers of a value, `length` being the bytes of a string or byte array; undefined for a type unknown here. */
export function registersOf(
  kind: number,
  length: number | undefined,
  perRegister: boolean,
): number | undefined {
  const type = plainTypes[kind];
  if (type === undefined) return misreadWords[kind];
  if (type !== "string" && type !== "bytes") return wordsOfType[type];
  return perRegister ? (length ?? 0) : Math.ceil((length ?? 0) / 2);
}

export function isReal(kind: number): boolean {
  return kind === 9 || kind === 10;
}
