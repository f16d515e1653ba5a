/** An exact decimal number: digits / 10^places. */
export interface Decimal {
  readonly digits: bigint;
  /** never negative */
  readonly places: number;
}

/** A double reaches from 1e-324 to 1e308: no value of a tag needs a longer exponent. */
const longestExponent = 400;

/** `12`, `-0.50`, `1.5e3`; undefined for anything else, a decimal comma included. Trailing zeros count as places. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d{1,3}))?$/i.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", after, only, exponent = "0"] = match;
  const fraction = after ?? only ?? "";
  const shift = Number(exponent);
  if (Math.abs(shift) > longestExponent) return undefined;
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const places = fraction.length - shift;
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: atPlaces(a, places) + atPlaces(b, places), places };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  return plus(a, { digits: -b.digits, places: b.places });
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, places: a.places + b.places };
}

/** a / b: the nearest whole number (halves away from zero), and the nearest double. `b` is not zero. */
export function divide(a: Decimal, b: Decimal): { readonly nearest: bigint; readonly real: number } {
  const places = Math.max(a.places, b.places);
  const isNegative = a.digits < 0n !== b.digits < 0n;
  const [top, bottom] = [size(atPlaces(a, places)), size(atPlaces(b, places))];
  const nearest = (2n * top + bottom) / (2n * bottom);
  // Forty figures more than the quotient's own: far below the last bit of a double.
  const shift = Math.max(0, String(bottom).length - String(top).length) + 40;
  const real = Number(`${(top * 10n ** BigInt(shift)) / bottom}e-${shift}`);
  return isNegative ? { nearest: -nearest, real: -real } : { nearest, real };
}

export function printDecimal({ digits, places }: Decimal): string {
  const text = String(size(digits)).padStart(places + 1, "0");
  const cut = text.length - places;
  const fraction = text.slice(cut).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${text.slice(0, cut)}${fraction === "" ? "" : `.${fraction}`}`;
}

function atPlaces({ digits, places }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - places);
}

function size(digits: bigint): bigint {
  return digits < 0n ? -digits : digits;
}
