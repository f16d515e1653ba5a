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
  /** only the first byte is wrong or missing: what a driver that is switched at the wrong moment does */
  readonly clipped: boolean;
  /** something of the head (unit, function, byte count) stands where it should */
  readonly headed: boolean;
}

/** Bytes of a reply to a register read: unit, function, byte count, two a register, checksum. */
export function replyBytes(registers: number): number {
  return 5 + 2 * registers;
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
  return { length, clipped, headed, place: placeOf() };

  function placeOf(): BadFrame["place"] {
    if (clipped) return "first";
    if (!headed || length === "long") return undefined;
    // Cut off: what is missing is the end.
    if (length === "short") return "last";
    if (fits.includes(false)) return "first";
    const at = flippedByte(bytes.subarray(0, whole));
    if (at === undefined) return undefined;
    return at < head.length ? "first" : at >= whole - 2 ? "last" : "middle";
  }
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
