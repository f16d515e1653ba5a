import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Bonjour } from "bonjour-service";
import { expect, onTestFinished, test } from "vitest";
import { announced } from "#adapters/discovery/announced.ts";
import { interfaces } from "#adapters/discovery/interfaces.ts";
import { never } from "#test/support/serving.ts";

const loopback = "127.0.0.1";
const hear = (port: number) => announced(loopback, 1000, never, port);
const isAddress = (host: string) => /^(\d+\.){3}\d+$/.test(host);
/** A machine that is busy may hear nothing within one second. */
const patiently = { timeout: 20_000 };

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, loopback);
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

/** A computer in the network that announces services, on the loopback interface alone. */
async function computer(port: number, services: readonly { type: string; name: string; host: string }[]) {
  const options = { interface: loopback, bind: "0.0.0.0", port };
  const bonjour = new Bonjour(options as object);
  onTestFinished(() => new Promise<void>((closed) => bonjour.destroy(closed)));
  await Promise.all(
    services.map((one, index) => {
      const service = bonjour.publish({ ...one, port: 22 + index, probe: false, disableIPv6: true });
      return once(service, "up");
    }),
  );
}

test("who announces itself in the network is heard by name and service", async () => {
  const port = await freeUdpPort();
  await computer(port, [
    { type: "ssh", name: "Gateway 7", host: "gw-7.local" },
    { type: "http", name: "Gateway 7 page", host: "gw-7.local" },
    { type: "ipp", name: "A printer", host: "printer.local" },
  ]);

  const told = async () =>
    (await hear(port)).map(({ name, service, host }) => `${service} ${name} ${isAddress(host)}`).sort();
  await expect.poll(told, patiently).toEqual(["http gw-7 true", "ssh gw-7 true"]);
});

test("names from the network are plain and short", async () => {
  const port = await freeUdpPort();
  const wild = `gw<b>\u0007\u202e${"x".repeat(60)}`;
  await computer(port, [{ type: "ssh", name: "wild", host: wild.slice(0, 60) }]);

  await expect.poll(async () => (await hear(port))[0]?.name, patiently).toMatch(/^gwb?x+$/);
});

test("silence is nobody, and cancelling ends the wait", async () => {
  const port = await freeUdpPort();
  expect(await announced(loopback, 50, never, port)).toEqual([]);
  const stop = new AbortController();
  const reason = new Error("enough");

  const hearing = announced(loopback, 60_000, stop.signal, port);
  stop.abort(reason);

  await expect(hearing).rejects.toBe(reason);
});

test("garbage on the multicast port disturbs nobody", async () => {
  const port = await freeUdpPort();
  await computer(port, [{ type: "ssh", name: "one", host: "one.local" }]);
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  socket.bind(0, loopback);
  await once(socket, "listening");
  socket.setMulticastInterface(loopback);

  async function hearAmongGarbage(): Promise<unknown> {
    const hearing = hear(port);
    for (let length = 0; length < 64; length += 1)
      socket.send(Buffer.alloc(length, 0xff - length), port, "224.0.0.251");
    return hearing;
  }
  await expect.poll(hearAmongGarbage, patiently).toMatchObject([{ service: "ssh", name: "one" }]);
});

test("the system's own neighbours are read without asking anybody", async () => {
  for (const [address, mac] of await interfaces().neighbours()) {
    expect(address).toMatch(/^(\d+\.){3}\d+$/);
    expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  }
});

test("a multicast port that another program holds alone means that nobody is heard", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "0.0.0.0");
  await once(socket, "listening");

  expect(await announced(loopback, 100, never, socket.address().port)).toEqual([]);
  socket.close();
});

test("an interface that is gone means that nobody is heard", async () => {
  expect(await announced("203.0.113.7", 100, never, await freeUdpPort())).toEqual([]);
});
