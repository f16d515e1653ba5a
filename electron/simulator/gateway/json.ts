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
  // Strings stay whole: a number inside one must not be touched.
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE])-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `{"bigint":"${token}"}`,
  );
  try {
    return JSON.parse(marked, (_key, value: unknown) => {
      if (typeof value !== "object" || value === null || !("bigint" in value)) return value;
      return Object.keys(value).length === 1 && typeof value.bigint === "string"
        ? BigInt(value.bigint)
        : value;
    }) as Json;
  } catch {
    return undefined;
  }
}

/**
 * A float as the gateway prints it: `precision` decimals, or with 0 about six significant digits; always with a
 * point or an exponent, so that it stays a float for whoever reads it.
 */
export function realNumeral(value: number, precision: number, significant = 6): Numeral {
  if (precision > 0) return { numeral: fixedDecimals(value, precision) };
  if (value === 0) return { numeral: "0.0" };
  const exponent = Number(value.toExponential(significant - 1).split("e")[1]);
  if (exponent < -4 || exponent >= significant) {
    const [mantissa = "", power = ""] = value.toExponential(significant - 1).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return { numeral: `${trimmed}e${power.replace("+", "")}` };
  }
  const trimmed = value.toFixed(Math.max(0, significant - 1 - exponent)).replace(/(\.\d*?)0+$/, "$1");
  return { numeral: trimmed.includes(".") ? trimmed.replace(/\.$/, ".0") : `${trimmed}.0` };
}

function fixedDecimals(value: number, decimals: number): string {
  // toFixed switches to exponents at 1e21; every double that large is a whole number.
  if (Math.abs(value) < 1e21) return value.toFixed(decimals);
  return `${BigInt(value)}.${"0".repeat(decimals)}`;
}
