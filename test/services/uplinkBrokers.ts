import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Aedes } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";
import type { Uplink } from "#domain/site/site.ts";
import { type Authority, makeAuthority, type ServerCertificate } from "#test/support/certificates.ts";
import { freePort } from "#test/support/freePort.ts";
import { type MosquittoChoices, startMosquitto } from "#test/support/mosquitto.ts";
import { packetTypes, type RawAnswers, rawBroker } from "#test/support/rawBroker.ts";
import { listening } from "#test/support/serving.ts";
import { until } from "#test/support/until.ts";

/** A broker, or what stands in its place, and the settings with which a site comes to it. */
export interface Far {
  readonly uplink: Partial<Uplink>;
  readonly password?: string;
  readonly key?: string;
  /** the clock of the machine that checks */
  readonly now?: number;
  stop(): Promise<void>;
}

/** One thing that goes wrong, and the one cause that the check must name. */
export interface Fixture {
  readonly name: string;
  /** `stage code cause-or-reason`, or the notes of a check that is good */
  readonly expect: string;
  start(kit: Kit): Promise<Far>;
}

/** Authorities that are made once for all fixtures. */
export interface Kit {
  readonly folder: string;
  readonly authority: Authority;
  readonly other: Authority;
}

export function makeKit(folder: string, otherFolder: string): Kit {
  return {
    folder,
    authority: makeAuthority(folder),
    other: makeAuthority(otherFolder, "Another authority", "Another house"),
  };
}

export const host = "127.0.0.1";

export async function mosquitto(choices: MosquittoChoices, more: Omit<Far, "stop">): Promise<Far> {
  const broker = await startMosquitto(choices);
  return { ...more, uplink: { host, port: broker.port, ...more.uplink }, stop: broker.stop };
}

/** mosquitto over TLS under the kit's authority, reached by name. */
export function secure(
  { authority }: Kit,
  certificate: ServerCertificate,
  uplink: Partial<Uplink> = {},
  more: Omit<Far, "stop" | "uplink"> & { readonly settings?: readonly string[] } = {},
): Promise<Far> {
  const { settings = [], ...rest } = more;
  return mosquitto(
    { tls: certificate, settings },
    { ...rest, uplink: { host: "localhost", tls: true, ca: authority.ca, ...uplink } },
  );
}

/** mosquitto that asks for a certificate of the kit's authority. */
export async function mutual(
  kit: Kit,
  name: string,
  client?: ServerCertificate,
  keyFile?: string,
): Promise<Far> {
  const { authority } = kit;
  const tls = { ...authority.issue(`${name}-server`), clientCaFile: authority.caFile };
  return mosquitto(
    { tls },
    {
      uplink: {
        host: "localhost",
        tls: true,
        ca: authority.ca,
        ...(client && { clientCertificate: await readFile(client.certFile, "utf8") }),
      },
      ...(keyFile !== undefined && { key: await readFile(keyFile, "utf8") }),
    },
  );
}

export async function raw(answers: RawAnswers, uplink: Partial<Uplink> = {}): Promise<Far> {
  const { port, stop } = await rawBroker(answers);
  return { uplink: { host, port, ...uplink }, stop };
}

/** A server that says one thing to whoever comes. */
export async function saying(text: string, when: "connected" | "asked"): Promise<Far> {
  const { port, stop } = await listening(
    createServer((socket) => {
      if (when === "connected") socket.write(text);
      else socket.once("data", () => socket.end(text));
    }),
  );
  return { uplink: { host, port }, stop };
}

export async function tlsServer(
  kit: Kit,
  certificate: ServerCertificate | undefined,
  options: Parameters<typeof createTlsServer>[0],
  uplink: Partial<Uplink> = {},
): Promise<Far> {
  const pair = certificate && {
    cert: await readFile(certificate.certFile),
    key: await readFile(certificate.keyFile),
  };
  const server = createTlsServer({ ...pair, ...options });
  server.on("secureConnection", (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  });
  server.on("tlsClientError", () => undefined);
  const { port, stop } = await listening(server);
  return { uplink: { host: "localhost", port, tls: true, ca: kit.authority.ca, ...uplink }, stop };
}

export async function aedes(change: (broker: Aedes) => void, uplink: Partial<Uplink> = {}): Promise<Far> {
  const broker = await Aedes.createBroker();
  change(broker);
  broker.on("clientError", () => undefined).on("connectionError", () => undefined);
  const { port, stop } = await listening(createServer((socket) => broker.handle(socket)));
  return {
    uplink: { host, port, ...uplink },
    async stop() {
      await stop();
      await new Promise<void>((done) => broker.close(() => done()));
    },
  };
}

/** An MQTT broker behind a WebSocket at /mqtt. */
export async function webSocket(uplink: Partial<Uplink>): Promise<Far> {
  const broker = await Aedes.createBroker();
  broker.on("clientError", () => undefined).on("connectionError", () => undefined);
  const server = createHttpServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server, path: "/mqtt", handleProtocols: () => "mqtt" });
  sockets.on("connection", (socket) => broker.handle(createWebSocketStream(socket)));
  const { port, stop } = await listening(server);
  return {
    uplink: { host, port, ...uplink },
    async stop() {
      await stop();
      await new Promise<void>((done) => broker.close(() => done()));
    },
  };
}

/** mosquitto, with each message to a client held back as Nagle's algorithm does; pings pass. */
export async function heldBack(): Promise<Far> {
  const broker = await startMosquitto();
  const server = createServer((client) => {
    const far = connect(broker.port, host);
    client.on("data", (bytes) => far.write(bytes)).on("close", () => far.destroy());
    far.on("error", () => client.destroy()).on("close", () => client.destroy());
    far.on("data", (bytes) => {
      if ((bytes[0] ?? 0) >> 4 === packetTypes.publish) setTimeout(() => client.write(bytes), 60);
      else client.write(bytes);
    });
  });
  const { port, stop } = await listening(server);
  return {
    uplink: { host, port },
    async stop() {
      await stop();
      await broker.stop();
    },
  };
}

export const connack = {
  v4: (code: number) => [0x20, 2, 0, code],
  v5: (reason: number) => [0x20, 3, 0, reason, 0],
} as const;

/** Lets everything in and on but what is told. */
export function v5Broker(answers: RawAnswers): RawAnswers {
  const { connect, ping, subscribe } = packetTypes;
  return {
    [connect]: () => connack.v5(0),
    [ping]: () => [0xd0, 0],
    [subscribe]: (id) => [0x90, 4, id >> 8, id & 0xff, 0, 1],
    ...answers,
  };
}

/** OpenSSL's own server, whose clock can be set: a broker that believes it is 1970. */
export async function brokerOf1970({ authority }: Kit): Promise<Far> {
  const { certFile, keyFile } = authority.issue("of-1970");
  const client = authority.issue("client-1970");
  const port = await freePort();
  const child = spawn(
    "openssl",
    [
      ...["s_server", "-accept", `${host}:${port}`, "-cert", certFile, "-key", keyFile, "-quiet"],
      ...["-CAfile", authority.caFile, "-Verify", "1", "-verify_return_error", "-attime", "86400"],
    ],
    { stdio: ["pipe", "ignore", "ignore"] },
  );
  const exited = new Promise((done) => child.once("exit", done));
  await until(() => isOpen(port), "openssl's port");
  return {
    uplink: {
      ...{ host: "localhost", port, tls: true, ca: authority.ca },
      clientCertificate: await readFile(client.certFile, "utf8"),
    },
    key: await readFile(client.keyFile, "utf8"),
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
