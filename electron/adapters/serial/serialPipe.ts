import { stat } from "node:fs/promises";
import { SerialPort } from "serialport";
import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe } from "#capabilities/line.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { openError } from "./openError.ts";
import { portPath } from "./portPath.ts";
import { type OpenedPort, readPort, writePort } from "./portReader.ts";

const watchEveryMs = 500;

/**
 * Opens a serial port.
 *
 * @throws FaultError line.busy, line.noPermission, line.portMissing, line.driverFailed; ProblemError
 * line.settingsInvalid. A port that is unplugged closes its pipe with line.lost: at once where the driver hangs up, else within half a second.
 */
export async function openSerialPipe(
  asked: string,
  settings: SerialSettings,
  signal: AbortSignal,
): Promise<BytePipe> {
  signal.throwIfAborted();
  const path = portPath(asked);
  // Dropping the modem lines on close resets some adapters and devices, so they are left alone.
  const open = () => SerialPort.binding.open({ path, ...settings, hupcl: false });
  const port = await open().catch(async (error: Error) => {
    const failure = await openError(path, error);
    // An adapter that is being plugged in may be there by now.
    if (!hasFault(failure, "line.driverFailed")) throw failure;
    return open().catch(async (again: Error) => {
      throw await openError(path, again);
    });
  });
  const pipe = new SerialPipe(port, path);
  if (signal.aborted) {
    await pipe.close();
    throw signal.reason;
  }
  return pipe;
}

class SerialPipe implements BytePipe {
  readonly #port: OpenedPort;
  readonly #path: string;
  readonly #bytes = new Listeners<[Uint8Array, number]>();
  readonly #ending = new Ending<Error | undefined>();
  readonly #watch: NodeJS.Timeout;
  #device: number | undefined;
  #quiet = true;
  #writing: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(port: OpenedPort, path: string) {
    this.#port = port;
    this.#path = path;
    const take = (bytes: Uint8Array, atMs: number) => {
      this.#quiet = false;
      this.#bytes.tell(bytes, atMs);
    };
    readPort(port, take, (error) => this.#lose(error));
    this.#watch = setInterval(() => void this.#lookForDevice(), watchEveryMs);
    this.#watch.unref();
    void this.#lookForDevice();
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      // A write to a port that was just pulled may never come back, so the pipe's end settles the write as well.
      const forget = this.#ending.add(() => reject(this.#lost()));
      if (this.#ending.ended) return;
      this.#writing = this.#writing
        .then(() => writePort(this.#port, bytes))
        .then(
          () => {
            forget();
            resolve();
          },
          (error) => {
            forget();
            reject(this.#lost(error));
            this.#lose(error);
          },
        );
    });
  }

  onBytes(listener: (bytes: Uint8Array, atMs: number) => void) {
    return this.#bytes.add(listener);
  }

  onClose(listener: (error: Error | undefined) => void) {
    return this.#ending.add(listener);
  }

  async close(): Promise<void> {
    this.#ending.tell(undefined);
    await this.#release();
  }

  /** Where a driver does not hang up, the device file going away or becoming another device is the sign. */
  async #lookForDevice(): Promise<void> {
    if (process.platform === "win32" || !this.#quiet) {
      this.#quiet = true;
      return;
    }
    try {
      const { rdev } = await stat(this.#path);
      this.#device ??= rdev;
      if (rdev !== this.#device) this.#lose();
    } catch (error) {
      this.#lose(error);
    }
  }

  #lose(cause?: unknown): void {
    // Letting the port go ends its reading, which comes back here.
    if (this.#ending.tell(this.#lost(cause))) void this.#release();
  }

  #release(): Promise<void> {
    this.#closing ??= (async () => {
      clearInterval(this.#watch);
      // A port that is gone may refuse to be closed; its handle is let go all the same.
      await this.#port.close().catch(() => undefined);
    })();
    return this.#closing;
  }

  #lost(cause?: unknown): FaultError {
    return new FaultError({ code: "line.lost", port: this.#path }, cause);
  }
}
