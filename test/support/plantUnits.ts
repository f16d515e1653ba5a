import { createServer, type Socket } from "node:net";
import type { Words } from "#domain/tag/tag.ts";

export interface PlantUnits {
  readonly port: number;
  close(): Promise<void>;
}

/** Modbus TCP units whose holding registers are as `wordsAt` says at each moment. */
export async function openPlantUnits(
  wordsAt: (unit: number, ms: number) => ReadonlyMap<number, number>,
): Promise<PlantUnits> {
  const sockets = new Set<Socket>();

  function answer(request: Buffer): Buffer {
    const unit = request.readUInt8(6);
    const [called, offset, count] = [request.readUInt8(7), request.readUInt16BE(8), request.readUInt16BE(10)];
    const held = wordsAt(unit, Date.now());
    const words: Words = Array.from({ length: count }, (_, index) => held.get(offset + index) ?? 0);
    const pdu =
      called === 3
        ? Buffer.from([3, count * 2, ...words.flatMap((word) => [word >> 8, word & 0xff])])
        : Buffer.from([called | 0x80, 1]);
    const head = Buffer.from(request.subarray(0, 7));
    head.writeUInt16BE(pdu.length + 1, 4);
    return Buffer.concat([head, pdu]);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (; pending.length >= 12; pending = pending.subarray(12))
        socket.write(answer(pending.subarray(0, 12)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
