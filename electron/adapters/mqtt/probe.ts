import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { answered } from "./answered.ts";
import { openSocket } from "./openSocket.ts";

// MQTT 3.1.1 CONNECT (3.1): protocol MQTT level 4, clean session, keep-alive 10 s, empty client id, no credentials.
const connectPacket = Buffer.from("100c00044d5154540402000a0000", "hex");
const connackType = 0x20;

interface ProbeLimits {
  readonly reachMs: number;
  readonly answerMs: number;
}

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
  return probe(host, port, limits, signal, (socket, found) => {
    // Nothing is trusted or sent: only what language the port speaks is of interest.
    const secured = connectTls({ socket, rejectUnauthorized: false });
    secured.once("secureConnect", () => found(true));
    secured.once("error", () => found(false));
  });
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
      limits.answerMs,
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
