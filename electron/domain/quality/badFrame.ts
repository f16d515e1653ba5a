import { crc16 } from "../modbus/crc.ts";

/** What was asked, so that a damaged answer can be held beside the whole one. */
export interface Expected {
  readonly unit: number;
  /** function code of the request */
  readonly called: number;
  readonly registers: number;
}

/** Where and how an answer was damaged. */
export interface BadFrame {
  readonly length: "short" | "right" | "long";
  /** undefined where the bytes do not tell */
  readonly place: "first" | "middle" | "last" | undefined;
  /** how far in the frame the damage stands, 0 (its first byte) to 1 (its last); undefined as `place` */
  readonly at: number | undefined;
  /** only the first byte is wrong or missing: what a driver that is switched at the wrong moment does */
  readonly clipped: boolean;
  /** something of the head (unit, function, byte count) stands where it should */
  readonly headed: boolean;
}

/** Bytes of a reply to a register read: unit, function, byte count, two a register, checksum. */
export function replyBytes(registers: number): number {
  return 5 + 2 * registers;
}

const requestBytes = 8;

/** Bytes of a register read and its reply, which no unit can do without. */
export function wireBytes(registers: number): number {
  return requestBytes + replyBytes(registers);
}

// Two glitch bytes before a frame are usual where a driver is switched; more is a second talker.
const glitchBytes = 2;

/** @param bytes all that came instead of a good reply, without our own echo */
export function judgeBadFrame(bytes: Uint8Array, { unit, called, registers }: Expected): BadFrame {
  const isException = bytes[1] === (called | 0x80) || (bytes.length === 4 && bytes[0] === (called | 0x80));
  const head = isException ? [unit, called | 0x80] : [unit, called, 2 * registers];
  const whole = isException ? 5 : replyBytes(registers);
  const length = bytes.length < whole ? "short" : bytes.length > whole + glitchBytes ? "long" : "right";
  const fits = head.map((byte, index) => bytes[index] === byte);
  const rest = head.slice(1);
  const lostFirst = bytes.length === whole - 1 && rest.every((byte, index) => bytes[index] === byte);
  const clipped =
    length !== "long" && (lostFirst || (fits[0] === false && fits.slice(1).every(Boolean) && !isException));
  const headed = lostFirst || fits.filter(Boolean).length >= 2;
  const damaged = damagedByte();
  return { length, clipped, headed, place: placeOf(damaged), at: damaged && damaged / (whole - 1) };

  function damagedByte(): number | undefined {
    if (clipped) return 0;
    if (!headed || length === "long") return undefined;
    // Cut off: what is missing begins where the bytes end.
    if (length === "short") return Math.min(bytes.length, whole - 1);
    const wrongHead = fits.indexOf(false);
    return wrongHead >= 0 ? wrongHead : flippedByte(bytes.subarray(0, whole));
  }

  function placeOf(damaged: number | undefined): BadFrame["place"] {
    if (damaged === undefined) return undefined;
    if (clipped) return "first";
    // Cut off: what is missing is the end.
    if (length === "short") return "last";
    return damaged < head.length ? "first" : damaged >= whole - 2 ? "last" : "middle";
  }
}

const bins = 12;

/** How many frames were damaged in each twelfth of their length, of those where it could be told. */
export function damageBins(frames: readonly BadFrame[]): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const { at } of frames) {
    if (at === undefined) continue;
    const bin = Math.min(bins - 1, Math.floor(at * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/**
 * The byte that holds the one wrong bit, where one bit is all that is wrong. In a frame of 256 bytes each bit changes
 * the checksum in a way of its own, so the difference names the bit.
 */
function flippedByte(frame: Uint8Array): number | undefined {
  const end = frame.length - 2;
  const given = (frame[end] ?? 0) | ((frame[end + 1] ?? 0) << 8);
  const difference = crc16(frame, 0, end) ^ given;
  if (isOneBit(difference)) return difference < 0x100 ? end : end + 1;
  // Walks back from the end of the data: a wrong bit there shows as the polynomial, one before it as that shifted on.
  let shown = 0xa001;
  for (let bit = end * 8 - 1; bit >= 0; bit--) {
    if (shown === difference) return bit >> 3;
    shown = shown & 1 ? (shown >> 1) ^ 0xa001 : shown >> 1;
  }
  return undefined;
}

function isOneBit(value: number): boolean {
  return value !== 0 && (value & (value - 1)) === 0;
}
