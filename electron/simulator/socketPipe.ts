import { connect } from "node:net";
import type { BytePipe } from "#capabilities/line.ts";

/** A TCP connection as a pipe of bytes; undefined where it cannot be made. */
export function socketPipe(host: string, port: number): Promise<BytePipe | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const failed = () => resolve(undefined);
    socket.once("error", failed);
    socket.once("connect", () => {
      socket.off("error", failed);
      socket.on("error", () => undefined);
      resolve({
        write: (bytes) => new Promise((done) => socket.write(bytes, () => done())),
        onBytes(call) {
          const take = (bytes: Buffer) => call(Uint8Array.from(bytes), performance.now());
          socket.on("data", take);
          return () => socket.off("data", take);
        },
        onClose(call) {
          const take = () => call(undefined);
          socket.on("close", take);
          return () => socket.off("close", take);
        },
        async close() {
          socket.destroy();
        },
      });
    });
  });
}
