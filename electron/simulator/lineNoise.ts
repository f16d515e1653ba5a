import type { SerialSettings } from "#domain/site/site.ts";

export function isSameSettings(a: SerialSettings, b: SerialSettings): boolean {
  return (
    a.baudRate === b.baudRate &&
    a.parity === b.parity &&
    a.dataBits === b.dataBits &&
    a.stopBits === b.stopBits
  );
}

/**
 * What a receiver with wrong settings makes of a run of bytes: at another baud rate another count of bytes,
 * at another parity or stop length the same count; never one byte as it was sent.
 */
export function garbleForWrongSettings(
  bytes: Uint8Array,
  listener: SerialSettings,
  sender: SerialSettings,
): Uint8Array {
  const ratio = Math.min(4, listener.baudRate / sender.baudRate);
  const heard = new Uint8Array(Math.max(1, Math.round(bytes.length * ratio)));
  return heard.map((_, i) => {
    const byte = bytes[Math.min(bytes.length - 1, Math.floor(i / ratio))] ?? 0;
    return byte ^ (0x81 | ((byte * 7 + i * 13) & 0x7e));
  });
}

/** Repeatable numbers in [0, 1): the same seed and index always give the same number. */
export function seeded(seed: number, index: number): number {
  let x = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
}
