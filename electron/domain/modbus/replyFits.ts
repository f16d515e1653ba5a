import {
  diagnostics,
  encapsulated,
  maskWrite,
  reportServerId,
  writeCoil,
  writeCoils,
  writeRegister,
  writeRegisters,
} from "./functions.ts";

/**
 * True when one reply could be the answer to either request, so that only the time of its coming tells whose it is.
 * Exceptions are left aside: they say no more than the function.
 */
export function repliesAlike(a: Uint8Array, b: Uint8Array): boolean {
  if (a[0] !== b[0]) return false;
  const count = (pdu: Uint8Array) => ((pdu[3] ?? 0) << 8) | (pdu[4] ?? 0);
  switch (a[0]) {
    case 1:
    case 2:
      return Math.ceil(count(a) / 8) === Math.ceil(count(b) / 8);
    case 3:
    case 4:
      return count(a) === count(b);
    case writeCoil:
    case writeRegister:
    case writeCoils:
    case writeRegisters:
      return [1, 2, 3, 4].every((index) => a[index] === b[index]);
    case maskWrite:
      return a.length === b.length && a.every((byte, index) => byte === b[index]);
    case encapsulated:
      return a[1] === b[1];
    case diagnostics:
      return a[1] === b[1] && a[2] === b[2];
    default:
      return true;
  }
}

/**
 * True when a reply PDU can be the answer to a request PDU: same function, or its exception; for reads the length
 * that the count asks for; for writes the same place; for functions not listed here any length.
 */
export function replyFits(request: Uint8Array, reply: Uint8Array): boolean {
  const code = request[0] ?? 0;
  if (reply[0] === (code | 0x80)) return reply.length === 2;
  if (reply[0] !== code) return false;
  const count = ((request[3] ?? 0) << 8) | (request[4] ?? 0);
  switch (code) {
    case 1:
    case 2:
      return reply[1] === Math.ceil(count / 8) && reply.length === 2 + reply[1];
    case 3:
    case 4:
      return reply[1] === count * 2 && reply.length === 2 + reply[1];
    case writeCoil:
    case writeRegister:
    case writeCoils:
    case writeRegisters:
      return reply.length === 5 && [1, 2, 3, 4].every((index) => reply[index] === request[index]);
    case reportServerId:
      return reply.length >= 2 && reply.length === 2 + (reply[1] ?? 0);
    case encapsulated:
      return reply[1] === request[1];
    case diagnostics:
      return reply[1] === request[1] && reply[2] === request[2];
    case maskWrite:
      return reply.length === request.length && request.every((byte, index) => reply[index] === byte);
    default:
      return true;
  }
}
