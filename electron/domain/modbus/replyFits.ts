import {
  encapsulated,
  reportServerId,
  writeCoil,
  writeCoils,
  writeRegister,
  writeRegisters,
} from "./functions.ts";

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
    default:
      return true;
  }
}
