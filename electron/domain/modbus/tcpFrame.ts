/** One frame of Modbus TCP: a transaction number, a unit and a PDU. */
export interface TcpFrame {
  readonly transaction: number;
  readonly unit: number;
  readonly pdu: Uint8Array;
}

const headLength = 7;
/** unit byte and the longest PDU, 253 bytes */
const mostFollowing = 254;

/** @see MODBUS Messaging on TCP/IP v1.0b, 3.1.3 */
export function tcpFrame({ transaction, unit, pdu }: TcpFrame): Uint8Array {
  const length = pdu.length + 1;
  const frame = new Uint8Array(headLength + pdu.length);
  frame.set([transaction >> 8, transaction & 0xff, 0, 0, length >> 8, length & 0xff, unit]);
  frame.set(pdu, headLength);
  return frame;
}

/**
 * Cuts whole frames from the front of a byte stream.
 * @returns the frames, the bytes left over, and `lost` when the head cannot be Modbus TCP: the stream has no way
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
    const at = (index: number) => bytes[start + index] ?? 0;
    const length = (at(4) << 8) | at(5);
    if (at(2) !== 0 || at(3) !== 0 || length < 2 || length > mostFollowing) {
      return { frames, rest: bytes.slice(start), lost: true };
    }
    const end = start + 6 + length;
    if (end > bytes.length) break;
    frames.push({
      transaction: (at(0) << 8) | at(1),
      unit: at(6),
      pdu: bytes.slice(start + headLength, end),
    });
    start = end;
  }
  return { frames, rest: bytes.slice(start), lost: false };
}
