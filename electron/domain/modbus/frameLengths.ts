import { mostBits, mostRegisters } from "./pdu.ts";

/**
 * Lengths, unit and checksum included, that a frame beginning at `start` may have by its function and counts: as a
 * request, as a reply, as an exception. Undefined for functions whose lengths are not known here.
 */
export function frameLengths(bytes: Uint8Array, start: number): readonly number[] | undefined {
  const at = (index: number) => bytes[start + index] ?? 0;
  const code = at(1);
  const counted = at(2) + 5;
  if (code >= 0x80) return at(2) >= 1 && at(2) <= lastException ? [5] : [];
  switch (code) {
    case 0:
      return [];
    case 1:
    case 2:
      return [...request(at, mostBits), ...(at(2) >= 1 && at(2) <= mostBits / 8 ? [counted] : [])];
    case 3:
    case 4: {
      const isWhole = at(2) >= 2 && at(2) <= mostRegisters * 2 && at(2) % 2 === 0;
      return [...request(at, mostRegisters), ...(isWhole ? [counted] : [])];
    }
    case 5:
    case 6:
    case 8:
      return [8];
    case 7:
      return [4, 5];
    case 11:
      return [4, 8];
    case 12:
    case 17:
      return [4, counted];
    case 15:
    case 16:
      return [8, at(6) + 9];
    case 20:
    case 21:
      return [counted];
    case 22:
      return [10];
    case 23:
      return [counted, at(10) + 13];
    case 24:
      return [6, ((at(2) << 8) | at(3)) + 6];
    case 43:
      return at(2) === 14 ? [7, ...identification(bytes.subarray(start))] : undefined;
    default:
      return undefined;
  }
}

/** The last exception code that the protocol defines (gateway target silent). */
const lastException = 11;

function request(at: (index: number) => number, most: number): readonly number[] {
  const count = (at(4) << 8) | at(5);
  return count >= 1 && count <= most ? [8] : [];
}

function identification(frame: Uint8Array): readonly number[] {
  const length = identificationLength(frame);
  return length === undefined ? [] : [length];
}

/**
 * Length of a whole identification reply (function 43/14), which its objects tell: eight bytes of head with the unit,
 * then each object's id, length and bytes. Undefined while bytes are missing.
 */
export function identificationLength(frame: Uint8Array): number | undefined {
  const objects = frame[7];
  if (objects === undefined) return undefined;
  let end = 8;
  for (let index = 0; index < objects; index++) {
    const length = frame[end + 1];
    if (length === undefined) return undefined;
    end += 2 + length;
  }
  return end + 2;
}
