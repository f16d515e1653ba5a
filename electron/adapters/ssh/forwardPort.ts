import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import { FaultError } from "#domain/fault.ts";

export interface FarPlace {
  readonly host: string;
  readonly port: number;
}

/** RFC 4254, 5.1: what the server gives as reason when it opens no channel. */
const prohibited = 1;

/** One connection from the SSH server to a place. Fault: ssh.forwardRefused; the signal's reason when cancelled. */
export function openChannel(
  client: Client,
  host: string,
  to: FarPlace,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    const onClose = () => reject(new FaultError({ code: "ssh.lost", host }));
    signal.addEventListener("abort", onAbort, { once: true });
    client.once("close", onClose);
    client.forwardOut("127.0.0.1", 0, to.host, to.port, (error, channel) => {
      signal.removeEventListener("abort", onAbort);
      client.removeListener("close", onClose);
      if (error === undefined) return resolve(channel);
      const reason = "reason" in error && error.reason === prohibited ? "prohibited" : "nobody";
      reject(
        new FaultError({ code: "ssh.forwardRefused", host, to: `${to.host}:${to.port}`, reason }, error),
      );
    });
  });
}

/** A port of this machine's loopback whose connections go on from the SSH server. */
export async function forwardPort(
  client: Client,
  to: FarPlace,
): Promise<{ localPort: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    client.forwardOut("127.0.0.1", socket.remotePort ?? 0, to.host, to.port, (error, channel) => {
      if (error !== undefined || socket.destroyed) {
        channel?.destroy();
        return socket.destroy();
      }
      channel.on("error", () => socket.destroy());
      channel.on("close", () => socket.destroy());
      socket.on("close", () => channel.destroy());
      socket.pipe(channel).pipe(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    localPort: (server.address() as AddressInfo).port,
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
