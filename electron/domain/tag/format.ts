import type { Tag, Value } from "./tag.ts";

/** shown = raw × scale + bias, as the gateway does; text, bytes and unscaled values stay as they are. */
export function scaleValue(raw: Value, tag: Pick<Tag, "scale" | "bias">): Value {
  if ((tag.scale === 1 && tag.bias === 0) || typeof raw === "string" || Array.isArray(raw)) return raw;
  return Number(raw) * tag.scale + tag.bias;
}

/**
 * A shown value as people read it: `precision` decimals, or as many figures as it carries when precision is 0;
 * integers whole, bytes as hex pairs.
 */
export function formatValue(value: Value, tag: Pick<Tag, "type" | "precision" | "scale" | "bias">): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "number") {
    return value.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
  }
  const isScaled = tag.scale !== 1 || tag.bias !== 0;
  const isReal = tag.type === "float" || tag.type === "double" || isScaled;
  if (!isReal || !Number.isFinite(value)) return String(value);
  // Such sizes come from a wrong word order, and their decimals say nothing.
  if (Math.abs(value) >= 1e15) return value.toExponential(4);
  if (tag.precision > 0) return value.toFixed(tag.precision);
  const figures = tag.type !== "float" ? 9 : isScaled ? 7 : floatFigures(value);
  return plain(value, figures);
}

/** The fewest figures that still name this 32-bit float and no other: 229.01, not 229.009994506836. */
function floatFigures(value: number): number {
  for (let figures = 6; figures < 9; figures++) {
    if (Math.fround(Number(value.toPrecision(figures))) === Math.fround(value)) return figures;
  }
  return 9;
}

/** Whole digits are never cut, and there is no exponent where people would not write one. */
function plain(value: number, figures: number): string {
  const whole = Math.trunc(Math.abs(value)).toString().length;
  return String(Number(value.toPrecision(Math.max(figures, whole))));
}
