import type { Tag, Value } from "#domain/tag/tag.ts";

/** Significant digits that a gateway prints of a double when no precision is set, at the least. */
const plainDigits = 6;
/** It prints five decimals at the most then (measured on 2.15.1: 3.2e-192 comes as 0.0). */
const plainDecimals = 5;

/** What goes through a double on the gateway, and so loses digits when printed. */
export function isDouble(tag: Tag): boolean {
  return tag.type === "float" || tag.type === "double" || tag.scale !== 1 || tag.bias !== 0;
}

/**
 * How far a printed value may be from the true one: half a unit of its last digit.
 * Whole numbers are printed whole, so theirs is 0.
 */
export function toleranceOf(tag: Tag, value: number): number {
  if (!isDouble(tag)) return 0;
  const size = Math.abs(value);
  // Factors are not exact in binary: 0.1 × 3 is not 0.3.
  const rounding = size * 1e-12;
  if (tag.precision > 0) return 0.5 * 10 ** -tag.precision + rounding;
  const digits = size === 0 ? 0 : 10 ** (Math.floor(Math.log10(size)) + 1 - plainDigits);
  return 0.5000001 * Math.max(digits, 10 ** -plainDecimals) + rounding;
}

/** A number, where the value is one; bigints lose what a double cannot hold. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** Equal as exactly as this tag can be printed; 64-bit whole numbers to the last bit. */
export function sameValue(tag: Tag, wire: Value, seen: Value): boolean {
  if (typeof wire === "string" || typeof seen === "string") return wire === seen;
  if (Array.isArray(wire) || Array.isArray(seen)) {
    return Array.isArray(wire) && Array.isArray(seen) && wire.join() === seen.join();
  }
  if (!isDouble(tag)) return whole(wire as number | bigint) === whole(seen as number | bigint);
  const [one, other] = [Number(wire), Number(seen)];
  return one === other || Math.abs(one - other) <= toleranceOf(tag, one);
}

/** What a gateway meant: Neuron prints a uint64 from 2^63 on as the negative number of the same bits. */
export function meantValue(tag: Tag, seen: Value): Value {
  if (tag.type !== "uint64" || tag.scale <= 0 || tag.bias < 0) return seen;
  if ((typeof seen !== "number" && typeof seen !== "bigint") || seen >= 0) return seen;
  return isDouble(tag) ? Number(seen) + 2 ** 64 * tag.scale : BigInt.asUintN(64, BigInt(seen));
}

/** Whole numbers as bigints, so that 5 is 5n and no digit of a large one is lost. */
function whole(value: number | bigint): bigint | number {
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
}
