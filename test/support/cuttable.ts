import { connect, createServer, type Socket } from "node:net";

/** A way to a TCP server that can be cut and mended while it is in use. */
export interface Cuttable {
  readonly port: number;
  /** ends every connection and refuses new ones */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** called with what a client sends, before it is passed on */
  onSent: (text: string) => void;
  close(): Promise<void>;
}

export async function cuttable(host: string, port: number): Promise<Cuttable> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const far = connect(port, host);
    for (const [socket, other] of [
      [client, far],
      [far, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on("data", (bytes) => {
      way.onSent(bytes.toString("latin1"));
      far.write(bytes);
    });
    far.on("data", (bytes) => client.write(bytes));
    client.on("end", () => far.end());
    far.on("end", () => client.end());
  });
  const listen = (on: number) => new Promise<void>((done) => server.listen(on, "127.0.0.1", done));
  await listen(0);
  const own = (server.address() as { port: number }).port;
  const cut = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    });
  const way: Cuttable = {
    port: own,
    cut,
    mend: () => listen(own),
    onSent: () => undefined,
    close: async () => {
      if (server.listening) await cut();
    },
  };
  return way;
}
