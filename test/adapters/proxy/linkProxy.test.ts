import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { linkProxies } from "#adapters/proxy/linkProxy.ts";
import type { LinkProxy } from "#capabilities/linkProxy.ts";
import { type LinkShape, plainShape } from "#domain/link/linkShape.ts";
import { until } from "#test/support/until.ts";

let far: Server;
let port = 0;
const farSockets: Socket[] = [];
let received = "";
let proxy: LinkProxy;
const nears: Socket[] = [];

beforeEach(async () => {
  received = "";
  farSockets.length = 0;
  far = createServer((socket) => {
    farSockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received += bytes.toString();
      socket.write(bytes);
    });
  });
  await new Promise<void>((done) => far.listen(0, "127.0.0.1", done));
  port = (far.address() as { port: number }).port;
});
afterEach(async () => {
  for (const socket of [...nears, ...farSockets]) socket.destroy();
  await proxy.close();
  await new Promise((done) => far.close(done));
});

const open = async (shape?: LinkShape) => {
  proxy = await linkProxies().open({
    host: "127.0.0.1",
    to: { host: "127.0.0.1", port },
    ...(shape && { shape }),
  });
};

interface Client {
  readonly socket: Socket;
  heard: string;
  error: string;
  closed: boolean;
}

async function client(): Promise<Client> {
  const socket = connect(proxy.port, "127.0.0.1");
  const one: Client = { socket, heard: "", error: "", closed: false };
  nears.push(socket);
  socket.on("data", (bytes) => {
    one.heard += bytes.toString();
  });
  socket.on("error", (error: NodeJS.ErrnoException) => {
    one.error = error.code ?? "";
  });
  socket.on("close", () => {
    one.closed = true;
  });
  await new Promise<void>((done) => socket.once("connect", done).once("close", () => done()));
  return one;
}

test("what goes in comes out, both ways, and is counted", async () => {
  await open();
  const one = await client();
  one.socket.write("hello");

  await until(() => one.heard === "hello", "the echo");

  expect([proxy.counts("up"), proxy.counts("down")]).toEqual([
    { bytes: 5, packets: 1 },
    { bytes: 5, packets: 1 },
  ]);
});

test("a cut with a reset ends the connection and refuses the next; what had passed stays passed", async () => {
  await open();
  const one = await client();
  one.socket.write("before");
  await until(() => received === "before", "what was sent before");

  proxy.cut("reset");
  await until(() => one.closed, "the end");
  const two = await client();
  await until(() => two.closed, "the refusal");
  proxy.restore();
  const three = await client();
  three.socket.write(" after");

  await until(() => received === "before after", "what came after");
  expect(one.error).toBe("ECONNRESET");
});

test("a silent cut tells nobody, and what was sent into it comes after it", async () => {
  await open({ ...plainShape, again: { leastMs: 5, mostMs: 10, openingMs: 5 } });
  const one = await client();
  one.socket.write("a");
  await until(() => one.heard === "a", "the echo");

  proxy.cut("silence");
  one.socket.write("b");
  await until(() => proxy.counts("up").bytes === 2, "the byte at the proxy");
  const during = { received, closed: one.closed };
  proxy.restore();

  await until(() => one.heard === "ab", "the rest");
  expect(during).toEqual({ received: "a", closed: false });
});

test("a publisher that gave up with a reset during the silence is forgotten with what it had sent", async () => {
  await open({ ...plainShape, again: { leastMs: 5, mostMs: 10, openingMs: 5 } });
  const one = await client();
  one.socket.write("a");
  await until(() => received === "a", "the first byte");
  proxy.cut("silence");
  one.socket.write("lost");
  await until(() => proxy.counts("up").bytes === 5, "the bytes at the proxy");
  one.socket.resetAndDestroy();
  await until(() => proxy.open === 0, "the proxy to see it");

  proxy.restore();

  await until(() => farSockets[0]?.destroyed === true, "the broker's side to end");
  expect(received).toBe("a");
});

test("a NAT forgets an idle flow without a word: it swallows what comes, and nobody is told", async () => {
  await open({ ...plainShape, natIdleMs: 1000 });
  const one = await client();
  one.socket.write("a");
  await until(() => one.heard === "a", "the echo");

  const quietSince = performance.now();
  await until(() => performance.now() - quietSince > 1500, "the idle time");
  one.socket.write("b");
  await until(() => one.socket.bytesWritten === 2, "the write");
  const two = await client();
  two.socket.write("c");

  await until(() => two.heard === "c", "a fresh flow");
  expect({ received, closed: one.closed, farClosed: farSockets[0]?.destroyed }).toEqual({
    received: "ac",
    closed: false,
    farClosed: false,
  });
});

test("under heavy loss every byte comes in order, later, and the packets sent again are counted", async () => {
  const lossy = { delayMs: 1, jitterMs: 1, bytesPerSecond: null, loss: 0.3 };
  await open({ ...plainShape, up: lossy, down: lossy, again: { leastMs: 2, mostMs: 20, openingMs: 2 } });
  const one = await client();
  const text = Array.from({ length: 200 }, (_, place) => `${place};`).join("");
  for (let at = 0; at < text.length; at += 5) {
    one.socket.write(text.slice(at, at + 5));
    await new Promise((done) => setImmediate(done));
  }

  await until(() => one.heard === text, "all of it", 20_000);

  const { packets, bytes } = proxy.counts("up");
  expect(bytes).toBe(text.length);
  expect(packets).toBeGreaterThan(bytes / 1460);
});
