import { createServer, type Socket } from "node:net";

/** What a unit does with a write: keep it, answer and forget it, refuse it, keep it and say nothing, say nothing. */
export type WriteManner = "keeps" | "forgets" | "refuses" | "keepsSilently" | "hangs";

export interface TcpUnit {
  readonly port: number;
  /** holding registers by offset */
  readonly registers: Map<number, number>;
  manner: WriteManner;
  /** cuts every new connection while it has one, as devices do that serve one master only */
  isSingle: boolean;
  /** function codes that arrived, in order */
  readonly functions: readonly number[];
  close(): Promise<void>;
}

/** A Modbus TCP unit whose writes go as the test wants; it reads and writes holding registers only. */
export async function openTcpUnit(manner: WriteManner): Promise<TcpUnit> {
  const registers = new Map<number, number>();
  const functions: number[] = [];
  const sockets = new Set<Socket>();

  function answer(pdu: Buffer): Buffer | undefined {
    const called = pdu.readUInt8(0);
    const offset = pdu.readUInt16BE(1);
    functions.push(called);
    if (called === 3) {
      const words = Array.from({ length: pdu.readUInt16BE(3) }, (_, i) => registers.get(offset + i) ?? 0);
      return Buffer.from([3, words.length * 2, ...words.flatMap((word) => [word >> 8, word & 0xff])]);
    }
    if (called !== 6 && called !== 16) return Buffer.from([called | 0x80, 1]);
    if (unit.manner === "refuses") return Buffer.from([called | 0x80, 4]);
    if (unit.manner === "keeps" || unit.manner === "keepsSilently") {
      const data = pdu.subarray(called === 6 ? 3 : 6);
      for (let i = 0; i < data.length / 2; i++) registers.set(offset + i, data.readUInt16BE(i * 2));
    }
    const isSilent = unit.manner === "hangs" || unit.manner === "keepsSilently";
    return isSilent ? undefined : pdu.subarray(0, 5);
  }

  const server = createServer((socket) => {
    socket.on("close", () => sockets.delete(socket));
    if (unit.isSingle && sockets.size > 0) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (request) => {
      const pdu = answer(request.subarray(7));
      if (!pdu) return;
      const head = Buffer.from(request.subarray(0, 7));
      head.writeUInt16BE(pdu.length + 1, 4);
      socket.write(Buffer.concat([head, pdu]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const unit: TcpUnit = {
    port,
    registers,
    manner,
    isSingle: false,
    functions,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return unit;
}
