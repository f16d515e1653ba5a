import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe, Frame, Heard, Line, Reply } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import { type TcpFrame, takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { ProblemError } from "#domain/problem.ts";
import { isException, misfit } from "./misfit.ts";
import { Pause } from "./pause.ts";
import { Turns } from "./turns.ts";

/**
 * A Modbus TCP line over a byte pipe, with one request outstanding.
 *
 * A reply belongs to the request with its transaction id: one that comes late finds nobody waiting and is dropped.
 * Bytes that are no Modbus TCP header mean that the stream is out of step for good, so the line is closed with
 * line.lost.
 *
 * @param name what faults call the link
 * @see MODBUS Messaging on TCP/IP v1.0b, 3.1.3
 */
export function tcpLine(pipe: BytePipe, name: string): Line {
  return new TcpLine(pipe, name);
}

interface Waiting {
  readonly transaction: number;
  readonly unit: number;
  readonly pdu: Uint8Array;
  readonly askedAt: number;
  settle(outcome: Reply | FaultError): void;
}

class TcpLine implements Line {
  readonly shared = false;
  readonly #pipe: BytePipe;
  readonly #name: string;
  readonly #turns = new Turns();
  readonly #pause = new Pause();
  readonly #frames = new Listeners<[Frame]>();
  readonly #ending = new Ending<Error | undefined>();
  #rest: Uint8Array = new Uint8Array(0);
  #total = 0;
  #lastByteAt = performance.now();
  #transaction = 0;
  #waiting: Waiting | undefined;

  constructor(pipe: BytePipe, name: string) {
    this.#pipe = pipe;
    this.#name = name;
    pipe.onBytes((bytes, atMs) => this.#take(bytes, atMs));
    pipe.onClose((error) => this.#end(error));
  }

  async exchange(unit: number, pdu: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    if (unit === 0) throw new ProblemError({ code: "unit.broadcast" });
    // 255 is what the standard gives a device that has no serial line behind it.
    if (unit < 0 || (unit > 247 && unit !== 255)) throw new ProblemError({ code: "unit.outOfRange", unit });
    return this.#turns.take(() => this.#converse(unit, pdu, timeoutMs), signal);
  }

  listen(ms: number, signal: AbortSignal): Promise<Heard> {
    return this.#turns.take(async () => {
      const before = this.#total;
      const end = performance.now() + ms;
      while (performance.now() < end && !signal.aborted && !this.#ending.ended)
        await this.#pause.until(end, signal);
      if (this.#ending.ended) throw this.#lost();
      // What a TCP peer sends unasked is no other master's frame.
      return { bytes: this.#total - before, frames: [] };
    }, signal);
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

  #converse(unit: number, pdu: Uint8Array, timeoutMs: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#ending.ended) return reject(this.#lost());
      this.#transaction = (this.#transaction + 1) & 0xffff;
      const askedAt = performance.now();
      const settle = (outcome: Reply | FaultError) => {
        clearTimeout(timer);
        if (this.#waiting === waiting) this.#waiting = undefined;
        if (outcome instanceof FaultError) reject(outcome);
        else resolve(outcome);
      };
      const timer = setTimeout(
        () => settle(new FaultError({ code: "line.silent", unit, afterMs: timeoutMs })),
        timeoutMs,
      );
      const waiting = { transaction: this.#transaction, unit, pdu, askedAt, settle };
      this.#waiting = waiting;
      const frame = tcpFrame({ transaction: this.#transaction, unit, pdu });
      if (this.#frames.wanted) this.#tell("sent", "good", frame, askedAt - this.#lastByteAt);
      this.#pipe.write(frame).catch(() => settle(this.#lost()));
    });
  }

  #take(bytes: Uint8Array, atMs: number): void {
    this.#lastByteAt = atMs;
    this.#total += bytes.length;
    let joined = bytes;
    if (this.#rest.length > 0) {
      joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
    }
    const { frames, rest, lost } = takeTcpFrames(joined);
    this.#rest = rest;
    for (const frame of frames) this.#receive(frame, atMs);
    if (lost) this.#outOfStep();
  }

  #receive(frame: TcpFrame, atMs: number): void {
    const waiting = this.#waiting;
    if (waiting === undefined || waiting.transaction !== frame.transaction) {
      this.#tell("received", "unexpected", tcpFrame(frame), 0);
      return;
    }
    const latencyMs = atMs - waiting.askedAt;
    const { unit } = waiting;
    const { pdu } = frame;
    const reason = frame.unit === unit ? misfit(waiting.pdu, pdu) : "wrongUnit";
    if (this.#frames.wanted)
      this.#tell("received", reason === undefined ? "good" : "unexpected", tcpFrame(frame), latencyMs);
    if (reason !== undefined) waiting.settle(new FaultError({ code: "line.badFrame", unit, reason }));
    else if (isException(waiting.pdu, pdu))
      waiting.settle(new FaultError({ code: "line.exception", unit, exception: pdu[1] ?? 0 }));
    else waiting.settle({ pdu, latencyMs });
  }

  #outOfStep(): void {
    this.#tell("received", "unexpected", this.#rest, 0);
    this.#rest = new Uint8Array(0);
    void this.#pipe.close();
    this.#end(this.#lost());
  }

  #end(error: Error | undefined): void {
    this.#waiting?.settle(this.#lost());
    this.#ending.tell(error);
    this.#pause.wake();
  }

  #lost(): FaultError {
    return new FaultError({ code: "line.lost", port: this.#name });
  }

  #tell(direction: Frame["direction"], verdict: Frame["verdict"], bytes: Uint8Array, gapMs: number): void {
    this.#frames.tell({ at: Date.now(), direction, verdict, bytes, gapMs });
  }
}
