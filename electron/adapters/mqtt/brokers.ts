import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { MqttClient, UniqueMessageIdProvider } from "mqtt";
import { systemClock } from "#adapters/clock.ts";
import type { BrokerPlace, Brokers, Session, TlsLook } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { answered } from "./answered.ts";
import { BrokerSession } from "./brokerSession.ts";
import { type ConnectCause, connackCause } from "./connackCause.ts";
import { openSocket } from "./openSocket.ts";
import { type OpenedTls, openTls, type SocketLimits, tlsFailed } from "./openTls.ts";
import { openWebSocket, WebSocketRefused } from "./openWebSocket.ts";
import { answersMqtt, answersTls, answersWebSocket } from "./probe.ts";
import { type TlsState, tlsCause } from "./tlsCause.ts";

const usualLimits: SocketLimits = { reachMs: 5000, answerMs: 10_000, now: systemClock.now };

const resolveMs = 20_000;

/** How long a TLS 1.3 server may take to say that it misses our certificate: its handshake ends before ours is judged. */
const lateAlertMs = 500;

/** MQTT 3.1.1 and 5 brokers over TCP and TLS. Causes are TlsCause and ConnectCause words. */
export function brokers(given: Partial<SocketLimits> = {}): Brokers {
  const limits = { ...usualLimits, ...given };
  return {
    resolve,
    async reach(host, port, signal) {
      (await openSocket(host, port, limits.reachMs, signal)).destroy();
    },
    async tls(place, signal) {
      const opened = await openTls(place, limits, signal);
      try {
        return { ...opened.look, fault: opened.look.fault ?? (await judgement(opened, place.host, signal)) };
      } finally {
        opened.socket.destroy();
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

/** What the server thinks of us, shown by a session ticket, by an alert or by keeping still. */
async function judgement(opened: OpenedTls, host: string, signal: AbortSignal): Promise<TlsLook["fault"]> {
  const { socket, state } = opened;
  if (socket.getProtocol() !== "TLSv1.3") return null;
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
    return null;
  } catch (error) {
    if (error === quiet) return null;
    signal.throwIfAborted();
    return tlsFailed(host, causeOf(error, state) ?? "other", "", error);
  }
}

async function connect(place: BrokerPlace, limits: SocketLimits, signal: AbortSignal): Promise<Session> {
  const started = performance.now();
  const { host, port } = place;
  const refusedFor = (cause: ConnectCause, reason: number, error?: unknown) =>
    new FaultError({ code: "uplink.connectRefused", host, reason, cause }, error);
  const { socket, state } = await openWay(place, limits, signal);
  const stream = await openStream(socket, place, limits, signal).catch(async (error) => {
    signal.throwIfAborted();
    if (!(error instanceof WebSocketRefused)) throw error;
    const isPlain = error.word === "notWebSocket" && !place.tls;
    const isMqtt = isPlain && (await answersMqtt(host, port, limits, signal));
    const isTls = isPlain && !isMqtt && (await answersTls(host, port, limits, signal));
    throw refusedFor(isTls ? "portIsTls" : error.word, error.status, error);
  });
  const client = clientOver(stream, place);
  let firstBytes: Buffer | undefined;
  stream.once("data", (bytes: Buffer) => {
    firstBytes = bytes;
  });
  const session = new BrokerSession(client, socket, host);
  try {
    await welcome(client, stream, limits, signal, () => refusedFor("silent", 0));
    session.welcomed(performance.now() - started);
    return session;
  } catch (error) {
    client.end(true);
    socket.destroy();
    signal.throwIfAborted();
    if (error instanceof FaultError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code === "number" && code > 0)
      throw refusedFor(connackCause(place.version, code), code, error);
    const cause = state && causeOf(error, state);
    if (cause !== undefined) throw tlsFailed(host, cause, "", error);
    throw refusedFor(await languageOf(firstBytes, place, limits, signal), 0, error);
  }
}

/** What a port speaks that answered CONNECT with something else, or not at all. */
async function languageOf(
  firstBytes: Buffer | undefined,
  place: BrokerPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<ConnectCause> {
  const { host, port } = place;
  if (firstBytes !== undefined) {
    if (!/^HTTP\/\d/.test(firstBytes.toString("latin1"))) {
      const isConnack = firstBytes[0] === 0x20;
      // A TLS server answers what is no greeting with an alert (RFC 8446, 6).
      return firstBytes[0] === 0x15 ? "portIsTls" : isConnack ? "other" : "notMqtt";
    }
    const isWebSocket = !place.tls && (await answersWebSocket(host, port, limits, signal));
    return isWebSocket ? "portIsWebSocket" : "proxy";
  }
  if (place.tls || place.webSocketPath !== undefined) return "other";
  if (await answersTls(host, port, limits, signal)) return "portIsTls";
  return (await answersWebSocket(host, port, limits, signal)) ? "portIsWebSocket" : "other";
}

async function openWay(
  place: BrokerPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly state?: TlsState }> {
  if (!place.tls) return { socket: await openSocket(place.host, place.port, limits.reachMs, signal) };
  const { socket, look, state } = await openTls(place, limits, signal);
  if (look.fault === null) return { socket, state };
  socket.destroy();
  throw look.fault;
}

async function openStream(
  socket: Socket,
  place: BrokerPlace,
  limits: SocketLimits,
  signal: AbortSignal,
): Promise<Duplex> {
  if (place.webSocketPath === undefined) return socket;
  const { host, port, webSocketPath: path } = place;
  return openWebSocket(socket, { host, port, path }, limits.answerMs, signal);
}

/** Timers that never ring: a client with them sends no ping. */
const noTimers = { set: () => 0, clear: () => undefined };

function clientOver(stream: Duplex, place: BrokerPlace): MqttClient {
  const { keepSessionSeconds: kept, will } = place;
  const client = new MqttClient(() => stream, {
    clientId: place.clientId,
    protocolVersion: place.version === "5" ? 5 : 4,
    keepalive: place.keepAliveSeconds,
    clean: kept === undefined,
    ...(kept !== undefined && place.version === "5" && { properties: { sessionExpiryInterval: kept } }),
    ...(will && { will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false } }),
    ...(place.mute && { timerVariant: noTimers }),
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
  stream.on("error", () => undefined);
  return client;
}

function welcome(
  client: MqttClient,
  stream: Duplex,
  limits: SocketLimits,
  signal: AbortSignal,
  silent: () => Error,
): Promise<void> {
  return answered<void>(limits.answerMs, signal, silent, ({ resolve, reject }) => {
    const onConnect = () => resolve();
    const onClose = () => reject(new Error("closed before CONNACK"));
    client.once("connect", onConnect).once("error", reject).once("close", onClose);
    stream.once("error", reject);
    return () => {
      client.off("connect", onConnect).off("error", reject).off("close", onClose);
      stream.off("error", reject);
    };
  });
}

/** Of an error after the handshake, when the server's certificate has been accepted. */
function causeOf(error: unknown, state: TlsState) {
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return tlsCause(code, state);
}
