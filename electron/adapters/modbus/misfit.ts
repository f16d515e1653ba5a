import { replyFits } from "#domain/modbus/replyFits.ts";

export function isException(request: Uint8Array, reply: Uint8Array): boolean {
  return reply.length === 2 && reply[0] === (request[0] ?? 0) + 0x80;
}

/** What keeps a reply PDU from answering a request PDU; undefined when it does, be it by an exception. */
export function misfit(request: Uint8Array, reply: Uint8Array): "wrongFunction" | "wrongLength" | undefined {
  if (isException(request, reply) || replyFits(request, reply)) return undefined;
  return reply[0] === request[0] ? "wrongLength" : "wrongFunction";
}
