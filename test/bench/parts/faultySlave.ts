import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { registerBytes } from "./registers.ts";

/** One answer, sent `afterMs` after its request. */
export interface Answer {
  readonly afterMs: number;
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

/** A unit behind a socket that answers reads by script: RTU frames as they are, or Modbus TCP. */
export async function openFaultySlave(
  framing: "rtu" | "tcp",
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
        for (const { afterMs, bytes } of script(readingOf(pending, framing))) {
          if (afterMs === 0) socket.write(bytes);
          else setTimeout(() => socket.destroyed || socket.write(bytes), afterMs);
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
