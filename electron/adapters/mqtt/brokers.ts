import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { MqttClient, UniqueMessageIdProvider } from "mqtt";
import type { BrokerPlace, Brokers, Session } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { answered } from "./answered.ts";
import { BrokerSession } from "./brokerSession.ts";
import { chainOf } from "./certificates.ts";
import { type ConnectCause, connackCause } from "./connackCause.ts";
import { openSocket } from "./openSocket.ts";
import { openTls, type SocketLimits } from "./openTls.ts";
import { answersTls } from "./probe.ts";
import { tlsCause } from "./tlsCause.ts";

const usualLimits: SocketLimits = { reachMs: 5000, answerMs: 10_000 };

const resolveMs = 20_000;

/** How long a TLS 1.3 server may take to say that it misses our certificate: its handshake ends before ours is judged. */
const lateAlertMs = 500;

/** MQTT 3.1.1 and 5 brokers over TCP and TLS. Causes are TlsCause and ConnectCause words. */
export function brokers(limits: SocketLimits = usualLimits): Brokers {
  return {
    resolve,
    async reach(host, port, signal) {
      (await openSocket(host, port, limits.reachMs, signal)).destroy();
    },
    async tls(place, signal) {
      const socket = await openTls(place, limits, signal);
      try {
        if (socket.getProtocol() === "TLSv1.3") await judged(socket, place.host, signal);
        return { protocol: socket.getProtocol() ?? "", chain: chainOf(socket) };
      } finally {
        socket.destroy();
      }
    },
    connect: (place, signal) => connect(place, limits, signal),
  };
}

async function resolve(host: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    // The system's own resolver, which knows the hosts file, cannot be cancelled: a late answer is dropped.
    const found = lookup(host, { all: true });
    const late = () => new FaultError({ code: "uplink.nameUnknown", host });
    const addresses = await answered<LookupAddress[]>(resolveMs, signal, late, ({ resolve, reject }) => {
      found.then(resolve, reject);
      return () => undefined;
    });
    return addresses.map(({ address }) => address);
  } catch (error) {
    signal.throwIfAborted();
    throw new FaultError({ code: "uplink.nameUnknown", host }, error);
  }
}

/** Waits until the server has shown by a session ticket, by an alert or by keeping still what it thinks of us. */
async function judged(socket: TLSSocket, host: string, signal: AbortSignal): Promise<void> {
  const quiet = new Error("no ticket and no alert");
  try {
    await answered<void>(
      lateAlertMs,
      signal,
      () => quiet,
      ({ resolve, reject }) => {
        const onTicket = () => resolve();
        socket.once("session", onTicket).once("error", reject);
        return () => socket.off("session", onTicket).off("error", reject);
      },
    );
  } catch (error) {
    if (error === quiet) return;
    signal.throwIfAborted();
    throw new FaultError({ code: "uplink.tlsFailed", host, cause: causeOf(error) ?? "other" }, error);
  }
}

async function connect(place: BrokerPlace, limits: SocketLimits, signal: AbortSignal): Promise<Session> {
  const started = performance.now();
  const { host, port } = place;
  const socket = place.tls
    ? await openTls(place, limits, signal)
    : await openSocket(host, port, limits.reachMs, signal);
  const refusedFor = (cause: ConnectCause, reason: number, error?: unknown) =>
    new FaultError({ code: "uplink.connectRefused", host, reason, cause }, error);
  const client = clientOver(socket, place);
  try {
    await welcome(client, socket, limits, signal, () => refusedFor("silent", 0));
    return new BrokerSession(client, socket, host, performance.now() - started);
  } catch (error) {
    client.end(true);
    socket.destroy();
    signal.throwIfAborted();
    if (error instanceof FaultError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code === "number" && code > 0)
      throw refusedFor(connackCause(place.version, code), code, error);
    const cause = socket instanceof TLSSocket ? causeOf(error) : undefined;
    if (cause !== undefined) throw new FaultError({ code: "uplink.tlsFailed", host, cause }, error);
    const isTls = !place.tls && (await answersTls(host, port, limits, signal));
    throw refusedFor(isTls ? "portIsTls" : "other", 0, error);
  }
}

function clientOver(socket: Socket, place: BrokerPlace): MqttClient {
  const client = new MqttClient(() => socket, {
    clientId: place.clientId,
    protocolVersion: place.version === "5" ? 5 : 4,
    keepalive: place.keepAliveSeconds,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    // Ours comes first; theirs would destroy the socket without a reason.
    connectTimeout: 2 ** 30,
    // The usual provider hands out numbers that are still under way.
    messageIdProvider: new UniqueMessageIdProvider(),
    ...(place.username !== "" && { username: place.username, password: place.password }),
  });
  // Errors are told to whoever waits; without any listener one would end the process.
  client.on("error", () => undefined);
  return client;
}

function welcome(
  client: MqttClient,
  socket: Socket,
  limits: SocketLimits,
  signal: AbortSignal,
  silent: () => Error,
): Promise<void> {
  return answered<void>(limits.answerMs, signal, silent, ({ resolve, reject }) => {
    const onConnect = () => resolve();
    const onClose = () => reject(new Error("closed before CONNACK"));
    client.once("connect", onConnect).once("error", reject).once("close", onClose);
    socket.once("error", reject);
    return () => {
      client.off("connect", onConnect).off("error", reject).off("close", onClose);
      socket.off("error", reject);
    };
  });
}

/** Of an error after the handshake, when the server's certificate has been accepted. */
function causeOf(error: unknown) {
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return tlsCause(code, true);
}
