import { createServer, type Socket } from "node:net";
import { readRequest } from "#domain/modbus/pdu.ts";
import { parseRtuFrame } from "#domain/modbus/rtuFrame.ts";
import { registersReply } from "./rtuSlave.ts";

const requestBytes = readRequest("holding", 0, 1).length + 3;

/** What unit `unit` holds at `offset`: a value that tells which request it answers. */
export function wordAt(unit: number, offset: number): number {
  return (unit * 1009 + offset * 31) & 0xffff;
}

export interface AnsweringUnits {
  readonly port: number;
  close(): Promise<void>;
}

/** RTU units behind a TCP port that answer reads of registers, whichever unit is asked, each after `waitMs()`. */
export async function openAnsweringUnits(waitMs: () => number = () => 0): Promise<AnsweringUnits> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= requestBytes; pending = pending.subarray(requestBytes)) {
        const asked = parseRtuFrame(pending.subarray(0, requestBytes));
        if (asked === undefined) throw new Error(`no request: ${pending.toString("hex")}`);
        const { unit, pdu } = asked;
        const at = (index: number) => ((pdu[index] ?? 0) << 8) | (pdu[index + 1] ?? 0);
        const words = Array.from({ length: at(3) }, (_, i) => wordAt(unit, at(1) + i));
        const reply = registersReply(unit, pdu[0] ?? 0, words);
        setTimeout(() => socket.writable && socket.write(reply), waitMs());
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
