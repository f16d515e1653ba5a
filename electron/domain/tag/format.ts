import type { Tag, Value } from "./tag.ts";

/** shown = raw × scale + bias, as the gateway does; text, bytes and unscaled values stay as they are. */
export function scaleValue(raw: Value, tag: Pick<Tag, "scale" | "bias">): Value {
  if ((tag.scale === 1 && tag.bias === 0) || typeof raw === "string" || Array.isArray(raw)) return raw;
  return Number(raw) * tag.scale + tag.bias;
}

/**
 * A shown value as people read it: `precision` decimals, or six significant digits when precision is 0 as the
 * gateway prints them; integers whole, bytes as hex pairs.
 */
export function formatValue(value: Value, tag: Pick<Tag, "type" | "precision" | "scale" | "bias">): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "number") {
    return value.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
  }
  const isReal = tag.type === "float" || tag.type === "double" || tag.scale !== 1 || tag.bias !== 0;
  if (!isReal || !Number.isFinite(value)) return String(value);
  // Such sizes come from a wrong word order, and their decimals say nothing.
  if (tag.precision === 0 || Math.abs(value) >= 1e15) return general(value);
  return value.toFixed(tag.precision);
}

/** Six significant digits without trailing zeros, as C's %g prints them. */
function general(value: number): string {
  if (value === 0) return "0";
  const [digits = "", power = ""] = value.toExponential(5).split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return withoutZeros(value.toFixed(5 - exponent));
  const sign = exponent < 0 ? "-" : "+";
  return `${withoutZeros(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
