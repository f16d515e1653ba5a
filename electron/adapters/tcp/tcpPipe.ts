import { connect, type Socket } from "node:net";
import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";

const connectTimeoutMs = 5000;
const readAtOnce = 65_536;
const nothing = new Uint8Array(0);
const written = Promise.resolve();

/**
 * Connects to a host and gives its bytes as they come.
 *
 * @throws FaultError line.unreachable with the reason refused, timeout, unreachable or nameUnknown; the signal's
 * reason when cancelled. A connection that ends without us closes the pipe with line.lost.
 */
export async function openTcpPipe(host: string, port: number, signal: AbortSignal): Promise<BytePipe> {
  signal.throwIfAborted();
  const bytes = new Listeners<[Uint8Array, number]>();
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 10_000,
    // One buffer for the life of the socket: a stream of chunks costs a short exchange a fifth of its time.
    onread: {
      buffer: new Uint8Array(readAtOnce),
      callback(length, buffer) {
        bytes.tell(buffer.subarray(0, length), performance.now());
        return true;
      },
    },
  });
  await connected(socket, host, port, signal);
  return pipeOver(socket, bytes, `${host}:${port}`);
}

function connected(socket: Socket, host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const unreachable = (reason: string, cause?: unknown) =>
      new FaultError({ code: "line.unreachable", host, port, reason }, cause);
    const settle = (error?: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      if (error === undefined) return resolve();
      socket.destroy();
      reject(error);
    };
    const onAbort = () => settle(signal.reason);
    const timer = setTimeout(() => settle(unreachable("timeout")), connectTimeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    // Stays for the socket's life: an error after settling must not be an uncaught one; `close` tells the rest.
    socket.on("error", (error) => settle(unreachable(reasonOf(error), error)));
    socket.once("connect", () => settle());
  });
}

function reasonOf(error: NodeJS.ErrnoException): "refused" | "timeout" | "nameUnknown" | "unreachable" {
  if (error.code === "ECONNREFUSED") return "refused";
  if (error.code === "ETIMEDOUT") return "timeout";
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN" || error.code === "EAI_NONAME")
    return "nameUnknown";
  return "unreachable";
}

function pipeOver(socket: Socket, bytes: Listeners<[Uint8Array, number]>, name: string): BytePipe {
  const ending = new Ending<Error | undefined>();
  let closedByUs = false;
  const lost = (cause?: unknown) => new FaultError({ code: "line.lost", port: name }, cause);
  socket.on("close", () => ending.tell(closedByUs ? undefined : lost()));
  return {
    write(chunk) {
      if (ending.ended || closedByUs) return Promise.reject(lost());
      socket.write(chunk);
      // The system nearly always takes the bytes at once, and then there is nothing to wait for.
      if (socket.writableLength === 0) return written;
      return new Promise((resolve, reject) => {
        socket.write(nothing, (error) => (error ? reject(lost(error)) : resolve()));
      });
    },
    onBytes: (listener) => bytes.add(listener),
    onClose: (listener) => ending.add(listener),
    close: () =>
      new Promise((resolve) => {
        closedByUs = true;
        ending.add(() => resolve());
        socket.destroy();
      }),
  };
}
