import { createServer, type Socket } from "node:net";
import type { Bus } from "./bus.ts";
import { type Listening, listen } from "./listening.ts";

/**
 * The line's TCP front: each connection is one more tap, raw RTU bytes both ways, so that other programs and
 * pty bridges can join.
 */
export async function serveBus(bus: Bus, host: string, port: number): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    const tap = bus.tap();
    sockets.add(socket);
    tap.onBytes((bytes) => socket.write(bytes));
    tap.onClose(() => socket.destroy());
    socket.on("data", (bytes) => void tap.write(bytes).catch(() => socket.destroy()));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      void tap.close();
    });
  });
  return listen(server, host, port, () => {
    for (const socket of sockets) socket.destroy();
  });
}
