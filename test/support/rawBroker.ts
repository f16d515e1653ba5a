import { createServer, type Socket } from "node:net";
import { listening } from "./serving.ts";

/** What a broker made by hand answers: by packet type, for a packet id. Types without an answer are left alone. */
export type RawAnswers = Readonly<Record<number, (id: number) => readonly number[]>>;

export const packetTypes = { connect: 1, publish: 3, subscribe: 8, ping: 12 } as const;

/** A broker that says exactly what a test wants, right or wrong; packets below 128 bytes and larger ones are read. */
export function rawBroker(answers: RawAnswers) {
  return listening(createServer((socket) => answer(socket, answers)));
}

function answer(socket: Socket, answers: RawAnswers): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const packet = firstPacket(rest);
      if (packet === undefined) return;
      rest = rest.subarray(packet.end);
      const reply = answers[packet.type]?.(packet.id);
      if (reply !== undefined) socket.write(Buffer.from(reply));
    }
  });
}

/** MQTT 5, 2.1: type, remaining length in sevens of bits, then the packet id where the type has one. */
function firstPacket(bytes: Buffer) {
  let length = 0;
  for (let at = 1; at < 5; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) << (7 * (at - 1));
    if (byte & 0x80) continue;
    const start = at + 1;
    if (bytes.length < start + length) return undefined;
    const type = (bytes[0] ?? 0) >> 4;
    const idAt = type === packetTypes.publish ? start + 2 + bytes.readUInt16BE(start) : start;
    const id = length >= 2 && idAt + 2 <= bytes.length ? bytes.readUInt16BE(idAt) : 0;
    return { type, id, end: start + length };
  }
  return undefined;
}
