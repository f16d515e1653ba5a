import type { Area, ByteOrder } from "#domain/tag/address.ts";

/** An address as Neuron's parser takes it: a unit beyond 255 wraps, junk after the number is dropped. */
export interface LooseAddress {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  readonly order: ByteOrder | undefined;
  readonly bit: number | undefined;
  readonly length: number | undefined;
  readonly stringOrder: "H" | "L" | "D" | "E" | undefined;
}

const areas: Readonly<Record<string, Area>> = { "0": "coil", "1": "discrete", "3": "input", "4": "holding" };
const orders = new Set(["L", "B", "LL", "LB", "BL", "BB", "WS", "WR"]);

/**
 * Parses `<unit>!<area><register>` with `#order`, `.bit` or `.length` as sloppily as Neuron 2.15.1 was measured to.
 *
 * @param base 1: register n is wire offset n-1 (and register 0 too is offset 0); 0: register n is offset n
 * @returns undefined where Neuron refuses too
 */
export function parseLooseAddress(text: string, base: number): LooseAddress | undefined {
  const match = /^\s*(\d+)!([0134])(\d+)(.*)$/s.exec(text);
  if (match === null) return undefined;
  const area = areas[match[2] ?? ""];
  const number = Number(match[3]);
  if (area === undefined || number > 65_536) return undefined;
  const offset = base === 0 ? Math.min(number, 65_535) : Math.max(0, number - 1);
  const rest = match[4] ?? "";
  const suffix = /^#([A-Z]+)/.exec(rest)?.[1];
  const dot = /^\.(\d+)([HLDE])?/.exec(rest);
  return {
    unit: Number(match[1]) & 0xff,
    area,
    offset,
    order: suffix !== undefined && orders.has(suffix) ? (suffix as ByteOrder) : undefined,
    bit: dot === null ? undefined : Number(dot[1]),
    length: dot === null ? undefined : Number(dot[1]),
    stringOrder: (dot?.[2] ?? undefined) as LooseAddress["stringOrder"],
  };
}
