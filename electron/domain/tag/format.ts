import type { Tag, Value } from "./tag.ts";

/** shown = raw × scale + bias, as the gateway does; text, bytes and unscaled values stay as they are. */
export function scaleValue(raw: Value, tag: Pick<Tag, "scale" | "bias">): Value {
  if ((tag.scale === 1 && tag.bias === 0) || typeof raw === "string" || Array.isArray(raw)) return raw;
  return Number(raw) * tag.scale + tag.bias;
}

/**
 * A shown value as people read it: `precision` decimals, or about six significant digits when precision is 0;
 * integers whole, bytes as hex pairs.
 */
export function formatValue(value: Value, tag: Pick<Tag, "type" | "precision" | "scale" | "bias">): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "number") {
    return value.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
  }
  const isReal = tag.type === "float" || tag.type === "double" || tag.scale !== 1 || tag.bias !== 0;
  if (!isReal || !Number.isFinite(value)) return String(value);
  if (tag.precision > 0) return value.toFixed(tag.precision);
  return shortest(value);
}

/** Six significant digits without trailing zeros, as C's %g prints them. */
function shortest(value: number): string {
  if (value === 0) return "0";
  const text = value.toPrecision(6);
  if (text.includes("e")) return text.replace(/\.?0+e/, "e");
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
