/** One frame of Modbus TCP: a transaction number, a unit and a PDU. */
export interface TcpFrame {
  readonly transaction: number;
  readonly unit: number;
  readonly pdu: Uint8Array;
}

const none = new Uint8Array(0);
const headLength = 7;
/** unit byte and the longest PDU, 253 bytes */
const mostFollowing = 254;

/** @see MODBUS Messaging on TCP/IP v1.0b, 3.1.3 */
export function tcpFrame({ transaction, unit, pdu }: TcpFrame): Uint8Array {
  const length = pdu.length + 1;
  const frame = new Uint8Array(headLength + pdu.length);
  frame[0] = transaction >> 8;
  frame[1] = transaction;
  frame[4] = length >> 8;
  frame[5] = length;
  frame[6] = unit;
  frame.set(pdu, headLength);
  return frame;
}

/**
 * Cuts whole frames from the front of a byte stream. Their PDUs are views of `bytes`.
 * @returns the frames, a copy of the bytes left over, and `lost` when the head cannot be Modbus TCP: the stream has no way
 *   back into step, so the connection must be made anew
 */
export function takeTcpFrames(bytes: Uint8Array): {
  readonly frames: readonly TcpFrame[];
  readonly rest: Uint8Array;
  readonly lost: boolean;
} {
  const frames: TcpFrame[] = [];
  let start = 0;
  while (bytes.length - start >= headLength) {
    const length = ((bytes[start + 4] as number) << 8) | (bytes[start + 5] as number);
    if (bytes[start + 2] !== 0 || bytes[start + 3] !== 0 || length < 2 || length > mostFollowing) {
      return { frames, rest: bytes.slice(start), lost: true };
    }
    const end = start + 6 + length;
    if (end > bytes.length) break;
    frames.push({
      transaction: ((bytes[start] as number) << 8) | (bytes[start + 1] as number),
      unit: bytes[start + 6] as number,
      pdu: bytes.subarray(start + headLength, end),
    });
    start = end;
  }
  return { frames, rest: start === bytes.length ? none : bytes.slice(start), lost: false };
}
