import type { ByteOrder } from "./address.ts";
import type { Words } from "./tag.ts";

/**
 * Where each byte of the value comes from: `order[i]` is the place on the wire of the value's byte i, most
 * significant first. Measured on Neuron 2.15.1 with registers 1234 5678 and 0102 0304 0506 0708.
 */
const orders: Readonly<Record<2 | 4 | 8, Partial<Record<ByteOrder, readonly number[]>>>> = {
  2: { L: [0, 1], B: [1, 0] },
  4: { LL: [0, 1, 2, 3], LB: [1, 0, 3, 2], BL: [2, 3, 0, 1], BB: [3, 2, 1, 0] },
  8: {
    L: [0, 1, 2, 3, 4, 5, 6, 7],
    LL: [0, 1, 2, 3, 4, 5, 6, 7],
    B: [7, 6, 5, 4, 3, 2, 1, 0],
    BB: [7, 6, 5, 4, 3, 2, 1, 0],
    LB: [1, 0, 3, 2, 5, 4, 7, 6],
    BL: [6, 7, 4, 5, 2, 3, 0, 1],
    WS: [2, 3, 0, 1, 6, 7, 4, 5],
    WR: [4, 5, 6, 7, 0, 1, 2, 3],
  },
};

/** The value's bytes, most significant first, from `words` as they stood on the wire (1, 2 or 4 of them). */
export function toValueBytes(words: Words, order: ByteOrder | undefined): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(words.length * 2);
  writeValueBytes(words, order, bytes);
  return bytes;
}

/** The same, into the front of `bytes`. */
export function writeValueBytes(words: Words, order: ByteOrder | undefined, bytes: Uint8Array): void {
  const size = words.length * 2;
  const places = placesOf(size, order);
  for (let i = 0; i < size; i++) {
    const place = places === undefined ? i : (places[i] as number);
    const word = words[place >> 1] as number;
    bytes[i] = place & 1 ? word : word >> 8;
  }
}

/** The inverse: words for the wire from the value's bytes, most significant first. */
export function toWords(bytes: Uint8Array, order: ByteOrder | undefined): Words {
  const wire = new Uint8Array(bytes.length);
  const places = placesOf(bytes.length, order);
  for (const [index, byte] of bytes.entries()) wire[places?.[index] ?? index] = byte;
  return Array.from(
    { length: wire.length / 2 },
    (_, i) => ((wire[i * 2] ?? 0) << 8) | (wire[i * 2 + 1] ?? 0),
  );
}

/** Where on the wire each byte of a value of `size` bytes stands, most significant first; undefined: as they come. */
export function placesOf(size: number, order: ByteOrder | undefined): readonly number[] | undefined {
  return order && (size === 2 || size === 4 || size === 8) ? orders[size][order] : undefined;
}
