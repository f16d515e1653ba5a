import { stat } from "node:fs/promises";
import { SerialPort } from "serialport";
import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { openError } from "./openError.ts";

const watchEveryMs = 500;

/**
 * Opens a serial port.
 *
 * @throws FaultError line.busy, line.noPermission, line.portMissing; ProblemError line.settingsInvalid. A port that
 * is unplugged closes its pipe with line.lost within about a second.
 */
export async function openSerialPipe(
  path: string,
  settings: SerialSettings,
  signal: AbortSignal,
): Promise<BytePipe> {
  signal.throwIfAborted();
  const port = new SerialPort({
    path,
    ...settings,
    autoOpen: false,
    // Dropping the modem lines on close resets some adapters and devices, so they are left alone.
    hupcl: false,
  });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error) openError(path, error).then(reject, reject);
      else resolve();
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
  readonly #port: SerialPort;
  readonly #path: string;
  readonly #bytes = new Listeners<[Uint8Array, number]>();
  readonly #ending = new Ending<Error | undefined>();
  readonly #watch: NodeJS.Timeout;
  #device: number | undefined;
  #quiet = true;
  #closing: Promise<void> | undefined;

  constructor(port: SerialPort, path: string) {
    this.#port = port;
    this.#path = path;
    port.on("data", (chunk: Buffer) => {
      this.#quiet = false;
      this.#bytes.tell(chunk, performance.now());
    });
    port.on("error", (error) => this.#lose(error));
    // After a failed write the library closes by itself, and says so twice.
    port.on("close", (error: unknown) => this.#lose(error));
    this.#watch = setInterval(() => void this.#lookForDevice(), watchEveryMs);
    this.#watch.unref();
    void this.#lookForDevice();
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      // A write to a port that was just pulled may never call back, so its end settles the write as well.
      const forget = this.#ending.add(() => reject(this.#lost()));
      if (this.#ending.ended) return;
      this.#port.write(Buffer.from(bytes), (error) => {
        forget();
        if (error) reject(this.#lost(error));
        else resolve();
      });
    });
  }

  onBytes(listener: (bytes: Uint8Array, atMs: number) => void) {
    return this.#bytes.add(listener);
  }

  onClose(listener: (error: Error | undefined) => void) {
    return this.#ending.add(listener);
  }

  async close(): Promise<void> {
    const closed = this.#release();
    this.#ending.tell(undefined);
    await closed;
  }

  /**
   * The library never reports a pulled adapter: it reads nothing for ever at the cost of a core. The device file
   * going away, or becoming another device, is the sign.
   */
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
    void this.#release();
    this.#ending.tell(this.#lost(cause));
  }

  #release(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      clearInterval(this.#watch);
      if (!this.#port.isOpen) return resolve();
      // Its error would say that the port is already closed, which is what we want.
      this.#port.close(() => resolve());
    });
    return this.#closing;
  }

  #lost(cause?: unknown): FaultError {
    return new FaultError({ code: "line.lost", port: this.#path }, cause);
  }
}
