import { parseDecimal } from "./decimal.ts";

/** What a display or nameplate shows. */
export type Expectation =
  | { readonly kind: "number"; readonly value: number; readonly tolerance: number }
  | { readonly kind: "text"; readonly text: string };

/** A display and the wire are not read at the same moment: unless told, so much of the value may lie between them. */
const usualShare = 0.02;

/**
 * Reads what a person typed. A number's tolerance is what was given, else half of its last digit or 2 % of it,
 * whichever is more; anything that is no number is a text. Undefined when it is empty.
 */
export function readExpectation(typed: string, tolerance?: number): Expectation | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  const decimal = parseDecimal(text);
  if (decimal === undefined) return { kind: "text", text };
  const value = Number(text);
  const lastDigit = 0.5 / 10 ** decimal.places;
  return {
    kind: "number",
    value,
    tolerance: tolerance ?? Math.max(lastDigit, Math.abs(value) * usualShare),
  };
}

/** Decimals of a power of ten: 2 for 0.01. */
export function decimalPlaces(scale: number): number {
  return Math.max(0, Math.round(-Math.log10(scale)));
}
