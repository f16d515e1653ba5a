import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { registerBytes } from "./registers.ts";

/** One answer, sent `afterMs` after its request; not at all when the machine held it up beyond `atMostMs`. */
export interface Answer {
  readonly afterMs: number;
  readonly atMostMs?: number;
  /** holds this whole process up, master and all, once the answer is on its way */
  readonly thenStallMs?: number;
  readonly bytes: Uint8Array;
}

export interface Asked {
  readonly offset: number;
  readonly count: number;
  /** the frame of the right answer, or the answer of another unit or from another place */
  frame(change?: { readonly unit?: number; readonly offset?: number }): Uint8Array;
}

export interface FaultySlave {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A unit behind a socket that answers reads by script: RTU frames as they are, or Modbus TCP.
 *
 * @param sentAt when the latest request was sent, monotonic: what comes later is counted from then
 */
export async function openFaultySlave(
  framing: "rtu" | "tcp",
  sentAt: () => number,
  script: (asked: Asked) => readonly Answer[],
): Promise<FaultySlave> {
  const sockets = new Set<Socket>();
  const length = framing === "rtu" ? 8 : 12;
  const server = createServer({ noDelay: true }, (socket) => {
    let pending = Buffer.alloc(0);
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= length; pending = pending.subarray(length)) {
        const asked = sentAt();
        for (const answer of script(readingOf(pending, framing))) {
          if (answer.afterMs === 0) send(socket, answer, asked);
          else setTimeout(() => send(socket, answer, asked), answer.afterMs);
        }
      }
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function send(socket: Socket, { atMostMs, bytes, thenStallMs }: Answer, asked: number): void {
  if (socket.destroyed || performance.now() - asked > (atMostMs ?? Number.POSITIVE_INFINITY)) return;
  socket.write(bytes);
  if (thenStallMs !== undefined) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, thenStallMs);
}

function readingOf(bytes: Buffer, framing: "rtu" | "tcp"): Asked {
  const start = framing === "rtu" ? 0 : 6;
  const transaction = bytes.readUInt16BE(0);
  const asked = {
    unit: bytes.readUInt8(start),
    offset: bytes.readUInt16BE(start + 2),
    count: bytes.readUInt16BE(start + 4),
  };
  return {
    ...asked,
    frame(change) {
      const { unit, offset, count } = { ...asked, ...change };
      const pdu = Uint8Array.of(3, count * 2, ...registerBytes(offset, count));
      return framing === "rtu" ? rtuFrame(unit, pdu) : tcpFrame({ transaction, unit, pdu });
    },
  };
}
