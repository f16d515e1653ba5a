import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import { until } from "#test/support/until.ts";

const never = new AbortController().signal;
let server: Server;
let port: number;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

describe("a TCP pipe", () => {
  test("carries bytes both ways", async () => {
    const pipe = await openTcpPipe("127.0.0.1", port, never);
    const heard: number[] = [];
    pipe.onBytes((bytes) => heard.push(...bytes));
    await until(() => sockets.length === 1, "the connection");
    sockets[0]?.on("data", (bytes) => sockets[0]?.write(bytes));

    await pipe.write(Uint8Array.of(1, 2, 3));

    await until(() => heard.length === 3, "the answer");
    await pipe.close();
  });

  test("whose peer hangs up ends with line.lost, by a close as by a reset", async () => {
    for (const end of ["end", "resetAndDestroy"] as const) {
      const pipe = await openTcpPipe("127.0.0.1", port, never);
      const ends: unknown[] = [];
      pipe.onClose((error) => ends.push(error));
      await until(() => sockets.length === 1, "the connection");

      sockets.pop()?.[end]();

      await until(() => ends.length === 1, "the end");
      expect(ends[0]).toMatchObject({ fault: { code: "line.lost", port: `127.0.0.1:${port}` } });
      await expect(pipe.write(Uint8Array.of(1))).rejects.toMatchObject({ fault: { code: "line.lost" } });
    }
  });

  test("that we close ends without a fault", async () => {
    const pipe = await openTcpPipe("127.0.0.1", port, never);
    const ends: unknown[] = [];
    pipe.onClose((error) => ends.push(error));

    await pipe.close();
    await pipe.close();

    expect(ends).toEqual([undefined]);
  });
});

describe("a host that does not take the connection", () => {
  test("is refused where nothing listens", async () => {
    server.close();

    await expect(openTcpPipe("127.0.0.1", port, never)).rejects.toMatchObject({
      fault: { code: "line.unreachable", host: "127.0.0.1", port, reason: "refused" },
    });
  });

  test("is nameUnknown where the name has no address", async () => {
    await expect(openTcpPipe("plc.invalid", 502, never)).rejects.toMatchObject({
      fault: { code: "line.unreachable", reason: "nameUnknown" },
    });
  });

  test("is given up at once when the caller cancels", async () => {
    const giveUp = new AbortController();
    // An address of the documentation range: nobody answers there.
    const opening = openTcpPipe("192.0.2.1", 502, giveUp.signal);

    giveUp.abort(new Error("given up"));

    await expect(opening).rejects.toThrow("given up");
  });
});
