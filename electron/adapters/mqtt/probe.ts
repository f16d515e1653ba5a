import type { Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { answered } from "./answered.ts";
import { openSocket } from "./openSocket.ts";

// MQTT 3.1.1 CONNECT (3.1): protocol MQTT level 4, clean session, keep-alive 10 s, empty client id, no credentials.
const connectPacket = Buffer.from("100c00044d5154540402000a0000", "hex");
const connackType = 0x20;

interface ProbeLimits {
  readonly reachMs: number;
  readonly answerMs: number;
}

/** What a stranger is given to answer a question that is asked only to name a failure. */
const curiousMs = 2000;

/** Whether a port answers a plain CONNECT with a CONNACK, welcome or not. Sends no credentials. */
export function answersMqtt(
  host: string,
  port: number,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<boolean> {
  return probe(host, port, limits, signal, (socket, found) => {
    socket.once("data", (bytes) => found(bytes[0] === connackType));
    socket.write(connectPacket);
  });
}

/** Whether a port answers a TLS greeting with a TLS handshake, whatever its certificate is worth. Sends nothing else. */
export function answersTls(
  host: string,
  port: number,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<boolean> {
  return probe(host, port, limits, signal, (socket, found) => secure(socket, {}, found));
}

/** Whether a port takes encryption that is no longer safe. */
export function answersOldTls(
  host: string,
  port: number,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<boolean> {
  const old = { minVersion: "TLSv1", ciphers: "ALL:eNULL:@SECLEVEL=0" } as const;
  return probe(host, port, limits, signal, (socket, found) => secure(socket, old, found));
}

/** Whether a port opens a WebSocket for MQTT at the usual path. */
export function answersWebSocket(
  host: string,
  port: number,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<boolean> {
  return probe(host, port, limits, signal, (socket, found) => {
    socket.once("data", (bytes) => found(/^HTTP\/1\.1 101/.test(bytes.toString("latin1"))));
    // The key is any 16 bytes (RFC 6455, 4.1): nothing is said over this one.
    const fields = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
    socket.write(
      `GET /mqtt HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${fields}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
    );
  });
}

/** Whether a server whose certificate was refused is none of MQTT at all: it answers CONNECT with HTTP. */
export async function answersHttp(
  socket: TLSSocket,
  limits: ProbeLimits,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await answered<boolean>(
      Math.min(limits.answerMs, curiousMs),
      signal,
      () => new Error("no answer"),
      ({ resolve }) => {
        socket.once("data", (bytes) => resolve(/^HTTP\/\d/.test(bytes.toString("latin1"))));
        socket.once("close", () => resolve(false));
        socket.write(connectPacket);
        return () => undefined;
      },
    );
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

function secure(
  socket: Socket,
  options: { readonly minVersion?: "TLSv1"; readonly ciphers?: string },
  found: (yes: boolean) => void,
): void {
  try {
    // Nothing is trusted or sent: only what language the port speaks is of interest.
    const secured = connectTls({ socket, rejectUnauthorized: false, ...options });
    secured.once("secureConnect", () => found(true));
    secured.once("error", () => found(false));
  } catch {
    // BoringSSL knows no such ciphers any more.
    found(false);
  }
}

async function probe(
  host: string,
  port: number,
  limits: ProbeLimits,
  signal: AbortSignal,
  ask: (socket: Socket, found: (yes: boolean) => void) => void,
): Promise<boolean> {
  let socket: Socket | undefined;
  try {
    const opened = await openSocket(host, port, limits.reachMs, signal);
    socket = opened;
    return await answered<boolean>(
      Math.min(limits.answerMs, curiousMs),
      signal,
      () => new Error("no answer"),
      ({ resolve }) => {
        opened.once("close", () => resolve(false));
        ask(opened, resolve);
        return () => undefined;
      },
    );
  } catch {
    signal.throwIfAborted();
    return false;
  } finally {
    socket?.destroy();
  }
}
