import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe, Frame, Heard, Line, Reply } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import { takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { ProblemError } from "#domain/problem.ts";
import { Pause } from "./pause.ts";
import { TcpDepth } from "./tcpDepth.ts";
import { TcpExchanges } from "./tcpExchanges.ts";

/**
 * A Modbus TCP line over a byte pipe. Reads go out several at once, as many as the device is known to take; anything
 * else goes alone.
 *
 * Bytes that are no Modbus TCP header mean that the stream is out of step for good, so the line is closed with
 * line.lost. A peer that hangs up before it ever answered ends it with line.turnedAway: it serves somebody else.
 *
 * Units go from 1 to 255: the standard keeps 248 to 255 back, but 255 is what it gives a device with no serial line
 * behind it, and gateways use the others.
 *
 * @param name what faults call the link
 * @param depth what is known of this device from earlier connections
 * @see MODBUS Messaging on TCP/IP v1.0b, 3.1.3
 */
export function tcpLine(pipe: BytePipe, name: string, depth = new TcpDepth()): Line {
  return new TcpLine(pipe, name, depth);
}

class TcpLine implements Line {
  readonly shared = false;
  readonly #pipe: BytePipe;
  readonly #name: string;
  readonly #depth: TcpDepth;
  readonly #exchanges: TcpExchanges;
  readonly #pause = new Pause();
  readonly #frames = new Listeners<[Frame]>();
  readonly #ending = new Ending<Error | undefined>();
  #rest: Uint8Array = new Uint8Array(0);
  #total = 0;
  #lastByteAt = performance.now();

  constructor(pipe: BytePipe, name: string, depth: TcpDepth) {
    this.#pipe = pipe;
    this.#name = name;
    this.#depth = depth;
    this.#exchanges = new TcpExchanges(depth, {
      sent: (frame, now) => this.#tell("sent", "good", frame, now - this.#lastByteAt),
      write: (bytes) => void pipe.write(bytes).catch(() => this.#end(this.#cut())),
    });
    pipe.onBytes((bytes, atMs) => this.#take(bytes, atMs));
    pipe.onClose((error) => this.#end(error && this.#cut()));
  }

  get atOnce(): number {
    return this.#depth.atOnce;
  }

  exchange(unit: number, pdu: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (unit === 0) throw new ProblemError({ code: "unit.broadcast" });
      if (unit < 0 || unit > 255) throw new ProblemError({ code: "unit.outOfRange", unit });
      if (this.#ending.ended) throw this.#lost();
      this.#exchanges.ask({ unit, pdu, timeoutMs, signal, resolve, reject });
    });
  }

  listen(ms: number, signal: AbortSignal): Promise<Heard> {
    return new Promise((resolve, reject) => {
      if (this.#ending.ended) throw this.#lost();
      const run = () => this.#hear(ms, signal).then(resolve, reject);
      this.#exchanges.pause({ alone: true, signal, reject, run });
    });
  }

  onFrame(listener: (frame: Frame) => void) {
    return this.#frames.add(listener);
  }

  onClose(listener: (error: Error | undefined) => void) {
    return this.#ending.add(listener);
  }

  close(): Promise<void> {
    return this.#pipe.close();
  }

  async #hear(ms: number, signal: AbortSignal): Promise<Heard> {
    const before = this.#total;
    const end = performance.now() + ms;
    while (performance.now() < end && !signal.aborted && !this.#ending.ended)
      await this.#pause.until(end, signal);
    signal.throwIfAborted();
    if (this.#ending.ended) throw this.#lost();
    // What a TCP peer sends unasked is no other master's frame.
    return { bytes: this.#total - before, frames: [] };
  }

  #take(bytes: Uint8Array, atMs: number): void {
    this.#lastByteAt = atMs;
    this.#total += bytes.length;
    const { frames, rest, lost } = takeTcpFrames(
      this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]),
    );
    this.#rest = rest;
    for (const frame of frames) {
      const gapMs = this.#frames.wanted ? this.#exchanges.waited(frame.transaction, atMs) : 0;
      const isGood = this.#exchanges.receive(frame, atMs);
      if (this.#frames.wanted) this.#tell("received", isGood ? "good" : "unexpected", tcpFrame(frame), gapMs);
    }
    if (lost) this.#outOfStep();
    else this.#exchanges.goOn();
  }

  #outOfStep(): void {
    this.#tell("received", "unexpected", this.#rest, 0);
    this.#rest = new Uint8Array(0);
    this.#end(this.#lost());
    void this.#pipe.close();
  }

  /** @param error absent when we closed the line */
  #end(error: FaultError | undefined): void {
    if (!this.#ending.tell(error)) return;
    this.#exchanges.end(error === undefined, error ?? this.#lost());
    this.#pause.wake();
  }

  #cut(): FaultError {
    return this.#total > 0 ? this.#lost() : new FaultError({ code: "line.turnedAway", port: this.#name });
  }

  #lost(): FaultError {
    return new FaultError({ code: "line.lost", port: this.#name });
  }

  #tell(direction: Frame["direction"], verdict: Frame["verdict"], bytes: Uint8Array, gapMs: number): void {
    if (this.#frames.wanted) this.#frames.tell({ at: Date.now(), direction, verdict, bytes, gapMs });
  }
}
