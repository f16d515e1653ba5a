import { crc16 } from "./crc.ts";

/** An address unit, its PDU and the checksum, as bytes for the line. */
export function rtuFrame(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(pdu.length + 3);
  frame[0] = unit;
  frame.set(pdu, 1);
  const crc = crc16(frame, 0, pdu.length + 1);
  frame[pdu.length + 1] = crc & 0xff;
  frame[pdu.length + 2] = crc >> 8;
  return frame;
}

/** True when the last two of `bytes[start..end)` are the CRC of the rest. The shortest frame has 4 bytes. */
export function hasValidCrc(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  if (end - start < 4) return false;
  return crc16(bytes, start, end - 2) === ((bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8));
}

/** The unit and PDU of a whole frame, or undefined when it is too short or its CRC is wrong. */
export function parseRtuFrame(bytes: Uint8Array): { unit: number; pdu: Uint8Array } | undefined {
  if (!hasValidCrc(bytes)) return undefined;
  return { unit: bytes[0] ?? 0, pdu: bytes.slice(1, -2) };
}
