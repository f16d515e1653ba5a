const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});

/**
 * Modbus CRC-16 of `bytes[start..end)`. On the wire its low byte goes first.
 * @see MODBUS over Serial Line v1.02, 6.2.2
 */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffff;
  for (let index = start; index < end; index++) {
    crc = crc16Step(crc, bytes[index] ?? 0);
  }
  return crc;
}

/** The CRC with one more byte; it begins as 0xffff. */
export function crc16Step(crc: number, byte: number): number {
  return (crc >> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
}
