import { connect, type Socket } from "node:net";
import { FaultError } from "#domain/fault.ts";
import { answered } from "./answered.ts";

/**
 * A TCP connection to a broker. Whoever gets it destroys it.
 *
 * @throws FaultError uplink.nameUnknown, or uplink.unreachable with the reason refused, timeout, reset or unreachable
 */
export async function openSocket(
  host: string,
  port: number,
  limitMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const socket = connect({ host, port, noDelay: true });
  // Whatever goes wrong later is told by `close`; without a listener it would be an uncaught error.
  socket.on("error", () => undefined);
  const unreachable = (reason: string, cause?: unknown) =>
    new FaultError({ code: "uplink.unreachable", host, port, reason }, cause);
  try {
    await answered<void>(
      limitMs,
      signal,
      () => unreachable("timeout"),
      ({ resolve, reject }) => {
        const onError = (error: NodeJS.ErrnoException) =>
          reject(
            isNameUnknown(error)
              ? new FaultError({ code: "uplink.nameUnknown", host }, error)
              : unreachable(reasonOf(error), error),
          );
        socket.once("connect", resolve).once("error", onError);
        return () => socket.off("connect", resolve).off("error", onError);
      },
    );
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function isNameUnknown(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_NONAME" || code === "ENODATA";
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "refused";
  if (error.code === "ETIMEDOUT") return "timeout";
  if (error.code === "ECONNRESET") return "reset";
  return "unreachable";
}
