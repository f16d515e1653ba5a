import { createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { modbusLines } from "#adapters/modbus/lines.ts";
import { serialPorts } from "#adapters/serial/serialPorts.ts";
import { type LineTraffic, openTraffic } from "#services/lineTraffic.ts";
import { thrown } from "#test/support/thrown.ts";
import { until } from "#test/support/until.ts";

const never = new AbortController().signal;
const deadUnit = 9;
let server: Server;
let sockets: Socket[];
let traffic: LineTraffic;
/** requests that wait for their answer inside the gateway, in the order of coming */
let inside: Buffer[];
let most: number;
/** how long the gateway takes; it holds its answers while this is undefined */
let afterMs: number | undefined;

function release(socket: Socket): void {
  for (const request of inside.splice(0)) {
    if (request[6] === deadUnit) continue;
    const words = request.subarray(8, 10);
    socket.write(Buffer.from([...request.subarray(0, 4), 0, 5, request[6] ?? 0, 3, 2, ...words]));
  }
}

/** a gateway whose units hold in each register its own offset; unit 9 is dead */
beforeEach(async () => {
  inside = [];
  sockets = [];
  most = 0;
  afterMs = 3;
  server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      for (let at = 0; at + 12 <= bytes.length; at += 12) inside.push(bytes.subarray(at, at + 12));
      most = Math.max(most, inside.length);
      if (afterMs !== undefined) setTimeout(() => release(socket), afterMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  traffic = openTraffic(
    { kind: "tcp", host: "127.0.0.1", port },
    { lines: modbusLines(serialPorts()), clock: systemClock, onFrame: () => undefined },
  );
});
afterEach(async () => {
  await traffic.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

type Priority = "person" | "verify" | "poll";
async function read(offset: number, priority: Priority = "poll", unit = 1): Promise<number | undefined> {
  // A busy machine is no silent unit: the time-out is short only where there is nothing to come.
  const options = { timeoutMs: unit === deadUnit ? 600 : 4000, priority };
  return (await traffic.read(unit, "holding", offset, 1, options, never)).words[0];
}
const readMany = (count: number) => Promise.all(Array.from({ length: count }, (_, offset) => read(offset)));

async function warmUp(): Promise<void> {
  await until(async () => {
    await readMany(64);
    return most >= 16;
  }, "16 at once");
}

test("a TCP line is handed as many exchanges at once as it takes, each gets its own answer", async () => {
  await readMany(2);
  expect(most).toBe(1);

  await warmUp();

  expect(await readMany(50)).toEqual(Array.from({ length: 50 }, (_, offset) => offset));
});

test("a person goes before the polls that wait, though not before those under way", async () => {
  await warmUp();
  afterMs = undefined;
  const done: string[] = [];
  const ask = async (priority: Priority, offset: number) => {
    await read(offset, priority);
    done.push(priority);
  };

  const polls = Array.from({ length: 40 }, (_, i) => ask("poll", i));
  await until(() => inside.length === 16, "the first polls");
  const person = ask("person", 100);
  afterMs = 3;
  release(sockets[0] as Socket);
  await Promise.all([...polls, person]);

  expect(done.indexOf("person")).toBeGreaterThanOrEqual(16);
  expect(done.indexOf("person")).toBeLessThan(33);
});

test("listening waits for what is under way, and nothing is sent meanwhile", async () => {
  await warmUp();
  const before = readMany(16);
  const listening = traffic.listen(60, never);
  const after = readMany(16);
  await before;
  inside = [];
  most = 0;

  expect(await listening).toEqual({ bytes: 0, frames: [] });

  expect(most).toBe(0);
  await after;
  expect(most).toBeGreaterThan(0);
});

test("a dead unit behind the gateway keeps nobody waiting once that is known of it", async () => {
  await warmUp();
  expect(await thrown(read(1, "person", deadUnit))).toMatchObject({ code: "line.silent" });

  const order: string[] = [];
  const dead = thrown(read(1, "person", deadUnit)).finally(() => order.push("dead"));
  const others = readMany(60).finally(() => order.push("others"));

  expect(await dead).toEqual({ code: "line.silent", unit: deadUnit, afterMs: 600 });
  await others;
  expect(order).toEqual(["others", "dead"]);
});

test("a connection that is cut rejects all under way with line.lost, and the next exchange opens it again", async () => {
  await warmUp();
  afterMs = undefined;
  const many = Promise.all(Array.from({ length: 40 }, (_, offset) => thrown(read(offset))));
  await until(() => inside.length === 16, "the first requests");

  sockets[0]?.resetAndDestroy();

  expect((await many).every((fault) => (fault as { code: string }).code === "line.lost")).toBe(true);
  inside = [];
  afterMs = 1;
  expect(await read(5)).toBe(5);
});
