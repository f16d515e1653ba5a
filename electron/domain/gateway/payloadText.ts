import type { Tag, Value } from "../tag/tag.ts";

/** One tag in a message: its shown value, or Neuron's error number. */
export type TagState =
  | { readonly tag: Tag; readonly value: Value }
  | { readonly tag: Tag; readonly error: number };

/** A group's tags as they are to be published. */
export interface GroupState {
  readonly node: string;
  readonly group: string;
  /** ms since 1970 */
  readonly timestamp: number;
  readonly tags: readonly TagState[];
}

/** A member of a JSON object: its name and its value as text. */
export type Member = readonly [name: string, text: string];

/** The values of the tags that have one. `plain` leaves the tags' precision out. */
export function valuesOf(tags: readonly TagState[], plain = false): readonly Member[] {
  return tags.flatMap((one): readonly Member[] => {
    const text = valueText(one, plain);
    return text === undefined ? [] : [[one.tag.name, text]];
  });
}

export function errorsOf(tags: readonly TagState[]): readonly Member[] {
  return tags.flatMap((one): readonly Member[] =>
    "error" in one ? [[one.tag.name, String(one.error)]] : [],
  );
}

export function objectText(members: readonly Member[]): string {
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(", ")}}`;
}

export function listText(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** A value as the gateway prints it; undefined with an error, and for an infinite float. `plain`: without precision. */
export function valueText(one: TagState, plain = false): string | undefined {
  if ("error" in one) return undefined;
  const { tag, value } = one;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return String(BigInt.asIntN(64, value));
  if (typeof value !== "number") return listText(value.map(String));
  if (!isReal(tag)) return String(value);
  return Number.isFinite(value) ? realText(value, plain ? 0 : tag.precision) : undefined;
}

/** Scaled whole numbers are floats in the gateway. */
export function isReal({ type, scale, bias }: Tag): boolean {
  if (type === "string" || type === "bytes") return false;
  return type === "float" || type === "double" || scale !== 1 || bias !== 0;
}

/** So many decimals; with 0 five without the zeros at the end, and always a point. */
function realText(value: number, precision: number): string {
  if (precision > 0) return fixedText(value, precision);
  return fixedText(value, 5).replace(/(\.\d+?)0+$/, "$1");
}

function fixedText(value: number, decimals: number): string {
  // From 1e21 on toFixed would print an exponent; every double that large is a whole number.
  if (Math.abs(value) < 1e21) return value.toFixed(decimals);
  return `${BigInt(value)}.${"0".repeat(decimals)}`;
}
