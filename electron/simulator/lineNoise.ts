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

/**
 * The bytes that a UART with other settings makes of a run of characters sent back to back: it starts at a falling
 * edge, samples the middle of each of its own bits, and goes on at the next edge after its stop bit.
 *
 * @param keepsBad true for adapters that pass on bytes with a wrong parity or stop bit; others drop them
 */
export function hearAsUart(
  bytes: Uint8Array,
  sender: SerialSettings,
  listener: SerialSettings,
  keepsBad = false,
): Uint8Array {
  const levels = levelsOf(bytes, sender);
  // Time is counted in bits of the sender.
  const bit = sender.baudRate / listener.baudRate;
  const at = (time: number) => levels[Math.floor(time)] ?? 1;
  const heard: number[] = [];
  for (let start = 0; start < levels.length; ) {
    if (at(start) === 1 || (start > 0 && at(start - 1) === 0)) {
      start += 1;
      continue;
    }
    let [byte, ones] = [0, 0];
    for (let place = 0; place < listener.dataBits; place++) {
      const level = at(start + bit * (1.5 + place));
      byte |= level << place;
      ones += level;
    }
    let end = start + bit * (1.5 + listener.dataBits);
    let isGood = at(start + bit / 2) === 0;
    if (listener.parity !== "none") {
      isGood &&= at(end) === parityOf(ones, listener);
      end += bit;
    }
    isGood &&= at(end) === 1;
    if (isGood || keepsBad) heard.push(byte);
    start = Math.max(start + 1, Math.ceil(end));
  }
  return Uint8Array.from(heard);
}

/** The line's level in each bit of a run: a bit of rest, then start, data, parity and stop bits of each character. */
function levelsOf(bytes: Uint8Array, settings: SerialSettings): readonly number[] {
  const levels = [1];
  for (const byte of bytes) {
    const data = Array.from({ length: settings.dataBits }, (_, place) => (byte >> place) & 1);
    levels.push(0, ...data);
    if (settings.parity !== "none")
      levels.push(
        parityOf(
          data.reduce((sum, level) => sum + level, 0),
          settings,
        ),
      );
    for (let stop = 0; stop < settings.stopBits; stop++) levels.push(1);
  }
  return levels;
}

function parityOf(ones: number, { parity }: SerialSettings): number {
  return parity === "odd" ? 1 - (ones % 2) : ones % 2;
}

/** Repeatable numbers in [0, 1): the same seed and index always give the same number. */
export function seeded(seed: number, index: number): number {
  let x = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 0x1_0000_0000;
}
