import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createWebSocketStream, WebSocket } from "ws";
import { answered } from "./answered.ts";
import type { ConnectCause } from "./connackCause.ts";

/** Why a WebSocket was not opened: the word, and the HTTP status where one was answered. */
export class WebSocketRefused extends Error {
  readonly word: ConnectCause;
  readonly status: number;

  constructor(word: ConnectCause, status: number, cause?: unknown) {
    super(`${word} ${status}`, { cause });
    this.word = word;
    this.status = status;
  }
}

/**
 * MQTT's stream inside a WebSocket over a connection that is open, and secured where it is to be.
 *
 * @throws WebSocketRefused
 * @see MQTT 5, 6: subprotocol mqtt, binary frames
 */
export async function openWebSocket(
  socket: Socket,
  place: { readonly host: string; readonly port: number; readonly path: string },
  limitMs: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const host = place.host.includes(":") ? `[${place.host}]` : place.host;
  const webSocket = new WebSocket(`ws://${host}:${place.port}${place.path}`, ["mqtt"], {
    // It comes secured or not: to WebSocket it is the same.
    createConnection: () => socket,
    followRedirects: false,
    perMessageDeflate: false,
  });
  webSocket.on("error", () => undefined);
  try {
    await answered<void>(
      limitMs,
      signal,
      () => new WebSocketRefused("silent", 0),
      ({ resolve, reject }) => {
        const onError = (error: Error) => reject(new WebSocketRefused(wordOfError(error), 0, error));
        webSocket.once("open", resolve).once("error", onError);
        webSocket.once("unexpected-response", (_, response) => {
          const status = response.statusCode ?? 0;
          reject(new WebSocketRefused(wordOfStatus(status), status));
        });
        return () => webSocket.off("error", onError);
      },
    );
  } catch (error) {
    webSocket.terminate();
    socket.destroy();
    throw error;
  }
  const stream = createWebSocketStream(webSocket);
  // It would wait for our side to end too, and nobody would hear that the broker has gone.
  stream.once("end", () => stream.destroy());
  return stream;
}

function wordOfStatus(status: number): ConnectCause {
  if (status === 401 || status === 403) return "notAuthorized";
  if (status >= 500 && status !== 511) return "serverUnavailable";
  // A page, a redirection to one, or a demand to sign in at it: not the broker has answered.
  return status < 400 || status === 407 || status === 511 ? "proxy" : "webSocketPath";
}

function wordOfError(error: Error): ConnectCause {
  // A WebSocket is there, and it is not MQTT's.
  if (/subprotocol/i.test(error.message)) return "webSocketPath";
  return /Parse Error|socket hang up|ECONNRESET/.test(error.message) ? "notWebSocket" : "other";
}
