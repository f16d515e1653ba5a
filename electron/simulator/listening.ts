import type { AddressInfo, Server } from "node:net";
import { FaultError } from "#domain/fault.ts";

/** A server of the training site on its port. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a port, 0 for any free one. Faults: line.busy where the port is in use. */
export function listen(
  server: Server,
  host: string,
  port: number,
  beforeClose: () => void,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      reject(new FaultError({ code: "line.busy", port: `${host}:${port}` }, cause));
    });
    server.listen({ host, port }, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((done) => {
            beforeClose();
            server.close(() => done());
          }),
      });
    });
  });
}
