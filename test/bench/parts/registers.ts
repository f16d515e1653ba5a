/** What register `offset` of every bench unit holds. The programs in native/ compute the same. */
export function registerAt(offset: number): number {
  return (offset * 40_503 + 12_345) & 0xffff;
}

/** The data bytes of `count` registers from `offset`. */
export function registerBytes(offset: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count * 2);
  for (let i = 0; i < count; i++) {
    const value = registerAt(offset + i);
    bytes[i * 2] = value >> 8;
    bytes[i * 2 + 1] = value & 0xff;
  }
  return bytes;
}

/** Where read number `index` begins: each elsewhere, so that another read's values are seen to be wrong. */
export function offsetOf(index: number): number {
  return (index * 37) % 5000;
}

/** Is `pdu` the reply to a read of `count` registers from `offset`? */
export function isRightReply(pdu: Uint8Array, offset: number, count: number): boolean {
  if (pdu.length !== 2 + count * 2) return false;
  for (let i = 0; i < count; i++) {
    if ((((pdu[2 + i * 2] ?? 0) << 8) | (pdu[3 + i * 2] ?? 0)) !== registerAt(offset + i)) return false;
  }
  return true;
}

export function areRightWords(words: readonly number[], offset: number, count: number): boolean {
  return words.length === count && words.every((word, i) => word === registerAt(offset + i));
}
