import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import type { Frame, Lines } from "#capabilities/line.ts";
import { readPdu } from "#test/support/rtuSlave.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const never = new AbortController().signal;
let server: Server;
let port: number;
let sockets: Socket[];
let most: number;
let lines: Lines;

/** A device that serves `most` connections and cuts the others. */
beforeEach(async () => {
  sockets = [];
  most = 1;
  lines = modbusLines(serialPorts());
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (sockets.length >= most) return socket.destroy();
    sockets.push(socket);
    socket.on("close", () => {
      sockets = sockets.filter((other) => other !== socket);
    });
    return socket.on("data", (request) => {
      for (let at = 0; at + 12 <= request.length; at += 12)
        socket.write(Buffer.from([...request.subarray(at, at + 4), 0, 5, request[at + 6] ?? 0, 3, 2, 0, 42]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as { port: number }).port;
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

const open = () => lines.open({ kind: "tcp", host: "127.0.0.1", port }, never);
const read = async (line: Awaited<ReturnType<typeof open>>) =>
  (await line.exchange(1, readPdu(7, 1), 1000, never)).pdu[3];

test("two lines to one place share its only connection until the last one is closed", async () => {
  const [first, second] = await Promise.all([open(), open()]);
  const heard: Frame[] = [];
  first.onFrame((frame) => heard.push(frame));

  expect(await Promise.all([read(first), read(second)])).toEqual([42, 42]);
  expect(sockets).toHaveLength(1);
  await first.close();
  await first.close();
  const frames = heard.length;
  expect(await read(second)).toBe(42);
  expect(heard).toHaveLength(frames);

  await second.close();

  await until(() => sockets.length === 0, "the end of the connection");
});

test("a place that was lost or left is connected to anew", async () => {
  const first = await open();
  await read(first);
  const ends: unknown[] = [];
  first.onClose((error) => ends.push(error));
  sockets[0]?.destroy();
  await until(() => ends.length === 1 && sockets.length === 0, "the loss");

  const second = await open();
  expect(await read(second)).toBe(42);
  await first.close();
  expect(await read(second)).toBe(42);
  await second.close();
  await until(() => sockets.length === 0, "the end of the connection");
  const third = await open();

  expect(await read(third)).toBe(42);
  await third.close();
});

test("a device that serves somebody else already is named as such", async () => {
  most = 0;
  const line = await open();

  expect(await thrown(read(line))).toEqual({ code: "line.turnedAway", port: `127.0.0.1:${port}` });
});

test("opening that is cancelled leaves the place to the others", async () => {
  const giveUp = new AbortController();
  const cancelled = thrown(lines.open({ kind: "tcp", host: "127.0.0.1", port }, giveUp.signal));
  const opening = open();

  giveUp.abort(new Error("given up"));

  expect(await cancelled).toMatchObject({ message: "given up" });
  const line = await opening;
  expect(await read(line)).toBe(42);
  await line.close();
});
