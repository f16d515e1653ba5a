/** The four Modbus areas, by Neuron's area digit 0, 1, 3, 4. */
export type Area = "coil" | "discrete" | "input" | "holding";

/**
 * Byte order suffixes of Neuron's grammar. For 32-bit: LL = ABCD, LB = BADC, BL = CDAB, BB = DCBA;
 * for 64-bit also WS and WR; for 16-bit L (as is) and B (bytes swapped).
 */
export type ByteOrder = "L" | "B" | "LL" | "LB" | "BL" | "BB" | "WS" | "WR";

/** Where a tag's value sits on the wire. `offset` is 0-based; text in any base is a matter of parse and print. */
export interface Address {
  readonly unit: number;
  readonly area: Area;
  readonly offset: number;
  /** bit of a register, 0 = least significant */
  readonly bit?: number;
  readonly order?: ByteOrder;
  /** bytes of a STRING or BYTES value */
  readonly length?: number;
  /** STRING only: H high byte first, L low byte first */
  readonly stringOrder?: "H" | "L";
}
