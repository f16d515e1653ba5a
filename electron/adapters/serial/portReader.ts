import { readSync, writeSync } from "node:fs";
import type { SerialPort } from "serialport";

export type OpenedPort = Awaited<ReturnType<(typeof SerialPort)["binding"]["open"]>>;

// A pseudo terminal or a driver hands over at most a page at a time.
const buffer = Buffer.alloc(4096);

/**
 * Hears an open port until it is closed or gone.
 *
 * The library's own reading takes the end of file that a pulled adapter answers with for "nothing yet" and asks again
 * for ever, at the cost of a core. Here the end of file is the end, so a loss is known at once.
 *
 * @param onEnd called once: the port was closed, or is gone with the error as far as there is one
 */
export function readPort(
  port: OpenedPort,
  onBytes: (bytes: Uint8Array, atMs: number) => void,
  onEnd: (error: unknown) => void,
): void {
  if ("poller" in port) readPolled(port, onBytes, onEnd);
  else void readInTurn(port, onBytes, onEnd);
}

/**
 * Hands bytes to the port's driver. Where the port does not block that happens at once, so that a busy machine does
 * not let a request leave long after its time-out began to run.
 *
 * @throws what the system says of a port that is gone
 */
export async function writePort(port: OpenedPort, bytes: Uint8Array): Promise<void> {
  const taken = "poller" in port && port.fd !== null ? writeNow(port.fd, bytes) : 0;
  if (taken < bytes.length) await port.write(Buffer.from(bytes.subarray(taken)));
}

function writeNow(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    if (isNothingYet(error)) return 0;
    throw error;
  }
}

/** Linux and macOS: the port does not block, so what the poller tells of is read on the spot. */
function readPolled(
  port: Extract<OpenedPort, { readonly poller: unknown }>,
  onBytes: (bytes: Uint8Array, atMs: number) => void,
  onEnd: (error: unknown) => void,
): void {
  const take = (error?: unknown) => {
    if (error || port.fd === null) return onEnd(error);
    let length = 0;
    try {
      length = readSync(port.fd, buffer);
    } catch (failure) {
      if (!isNothingYet(failure)) return onEnd(failure);
      length = -1;
    }
    if (length === 0) return onEnd(undefined);
    if (length > 0) onBytes(Uint8Array.from(buffer.subarray(0, length)), performance.now());
    // A listener may have closed the port.
    if (port.isOpen) port.poller.once("readable", take);
  };
  port.poller.once("readable", take);
}

/** The port has no bytes, or no room, for the moment. */
function isNothingYet(error: unknown): boolean {
  return ["EAGAIN", "EWOULDBLOCK", "EINTR"].includes((error as NodeJS.ErrnoException).code ?? "");
}

/** Windows: the library waits for bytes in the background. */
async function readInTurn(
  port: OpenedPort,
  onBytes: (bytes: Uint8Array, atMs: number) => void,
  onEnd: (error: unknown) => void,
): Promise<void> {
  try {
    while (port.isOpen) {
      const { bytesRead } = await port.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return onEnd(undefined);
      onBytes(Uint8Array.from(buffer.subarray(0, bytesRead)), performance.now());
    }
  } catch (error) {
    onEnd(error);
  }
}
