import { parseExactJson } from "#domain/gateway/exactJson.ts";

/** A number that prints exactly as given, because a gateway prints floats with decimals of its own choosing. */
export interface Numeral {
  readonly numeral: string;
}

/** JSON with integers of any size. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | Numeral
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export type JsonObject = { readonly [key: string]: Json | undefined };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("numeral" in value);
}

/** Prints with a space after each comma and colon, as the gateway does; keys without a value are left out. */
export function printJson(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => printJson(item as Json)).join(", ")}]`;
  if (isNumeral(value)) return value.numeral;
  const members = Object.entries(value as JsonObject)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${printJson(member as Json)}`);
  return `{${members.join(", ")}}`;
}

function isNumeral(value: object): value is Numeral {
  return "numeral" in value && typeof value.numeral === "string";
}

/** @returns undefined where the text is not JSON; integers beyond 2^53 come as bigint */
export function parseJson(text: string): Json | undefined {
  const parsed = parseExactJson(text);
  return parsed.ok ? parsed.value : undefined;
}

/**
 * A float as the gateway prints it in values: `precision` decimals, or with 0 five decimals without the zeros at
 * the end; always with a point, so that it stays a float for whoever reads it.
 */
export function realNumeral(value: number, precision: number): Numeral {
  if (precision > 0) return { numeral: fixedDecimals(value, precision) };
  return { numeral: fixedDecimals(value, 5).replace(/(\.\d+?)0+$/, "$1") };
}

/** A float with 15 significant digits, as trial reads give it. */
export function scientificNumeral(value: number): Numeral {
  const text = String(Number(value.toPrecision(15))).replace("e+", "e");
  return { numeral: /[.e]/.test(text) ? text : `${text}.0` };
}

function fixedDecimals(value: number, decimals: number): string {
  // toFixed switches to exponents at 1e21; every double that large is a whole number.
  if (Math.abs(value) < 1e21) return value.toFixed(decimals);
  return `${BigInt(value)}.${"0".repeat(decimals)}`;
}
