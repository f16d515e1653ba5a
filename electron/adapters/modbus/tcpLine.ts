import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe, Frame, Heard, Line, Reply } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import { type TcpFrame, takeTcpFrames, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { ProblemError } from "#domain/problem.ts";
import { Deadlines } from "./deadlines.ts";
import { isException, misfit } from "./misfit.ts";
import { Pause } from "./pause.ts";
import { TcpDepth } from "./tcpDepth.ts";
import { couldAnswerEarlier, type Exchange, isBusy, isRead } from "./tcpExchange.ts";
import { Transactions } from "./transactions.ts";

/**
 * A Modbus TCP line over a byte pipe. Reads go out several at once, as many as the device is known to take; anything
 * else goes alone.
 *
 * A reply belongs to the request with its transaction number: one that comes late finds nobody waiting and is dropped.
 * Where a reply beside others is missing, does not fit, or could be another's, that request is asked again alone
 * within its time-out, and the line falls back to one at a time. Bytes that are no Modbus TCP header mean that the
 * stream is out of step for good, so the line is closed with line.lost. A peer that hangs up before it ever answered
 * ends it with line.turnedAway: it serves somebody else.
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

/** Hears for a while: nothing else goes on meanwhile. */
interface Listening {
  readonly alone: true;
  readonly signal: AbortSignal;
  readonly reject: (error: unknown) => void;
  run(): Promise<void>;
}

class TcpLine implements Line {
  readonly shared = false;
  readonly #pipe: BytePipe;
  readonly #name: string;
  readonly #depth: TcpDepth;
  readonly #pause = new Pause();
  readonly #frames = new Listeners<[Frame]>();
  readonly #ending = new Ending<Error | undefined>();
  readonly #transactions = new Transactions();
  readonly #deadlines = new Deadlines((now) => this.#look(now));
  readonly #isSilent = (unit: number) => this.#depth.isSilent(unit);
  readonly #flush = () => {
    const bytes = this.#outgoing.length === 1 ? this.#outgoing[0] : Buffer.concat(this.#outgoing);
    this.#outgoing.length = 0;
    if (bytes === undefined || this.#ending.ended) return;
    this.#depth.sent(this.#outstanding.size, performance.now());
    this.#pipe.write(bytes).catch(() => this.#end(this.#cut()));
  };
  /** by transaction number, in the order of sending */
  readonly #outstanding = new Map<number, Exchange>();
  #waiting: (Exchange | Listening)[] = [];
  /** to be asked once more, before whatever waits */
  #again: Exchange[] = [];
  /** what runs now tolerates nothing beside it */
  #alone = false;
  #outgoing: Uint8Array[] = [];
  #sentSinceAnswer = 0;
  /** requests that went out between the last two arrivals of bytes */
  #sentAfterLast = 0;
  #rest: Uint8Array = new Uint8Array(0);
  #total = 0;
  #lastByteAt = performance.now();

  constructor(pipe: BytePipe, name: string, depth: TcpDepth) {
    this.#pipe = pipe;
    this.#name = name;
    this.#depth = depth;
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
      this.#waiting.push({
        unit,
        pdu,
        timeoutMs,
        signal,
        resolve,
        reject,
        alone: !isRead(pdu),
        transaction: 0,
        sentAt: 0,
        deadline: 0,
        atOnce: 1,
        beside: false,
        doubted: false,
        held: undefined,
      });
      this.#pump();
    });
  }

  listen(ms: number, signal: AbortSignal): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const run = () => this.#hear(ms, signal).then(resolve, reject);
      this.#waiting.push({ alone: true, signal, reject, run });
      this.#pump();
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

  /** Sends what may be sent now. */
  #pump(): void {
    for (;;) {
      const next = this.#again[0] ?? this.#waiting[0];
      if (next === undefined || this.#alone) return;
      const outstanding = this.#outstanding.size;
      if (outstanding > 0 && (next.alone || outstanding >= this.#depth.atOnce)) return;
      if (this.#again.length > 0) this.#again.shift();
      else this.#waiting.shift();
      if (next.signal.aborted) next.reject(next.signal.reason);
      else if ("run" in next) this.#runAlone(next);
      else this.#send(next);
    }
  }

  #runAlone(listening: Listening): void {
    this.#alone = true;
    void listening.run().then(() => {
      this.#alone = false;
      this.#pump();
    });
  }

  #send(exchange: Exchange): void {
    const now = performance.now();
    const { unit, pdu } = exchange;
    const transaction = this.#transactions.next(this.#outstanding);
    exchange.transaction = transaction;
    exchange.sentAt = now;
    exchange.atOnce = this.#depth.atOnce;
    if (exchange.deadline === 0) exchange.deadline = now + exchange.timeoutMs;
    this.#alone = exchange.alone;
    if (this.#outstanding.size > 0) {
      exchange.beside = true;
      // With two or more unanswered, all of them had company before.
      if (this.#outstanding.size === 1)
        for (const other of this.#outstanding.values()) {
          other.beside = true;
          this.#deadlines.by(this.#dueOf(other));
        }
    }
    this.#outstanding.set(transaction, exchange);
    this.#deadlines.by(this.#dueOf(exchange));
    const frame = tcpFrame({ transaction, unit, pdu });
    if (this.#frames.wanted) this.#tell("sent", "good", frame, now - this.#lastByteAt);
    this.#sentSinceAnswer += 1;
    // What is asked in one turn of the event loop goes out in one write. Where one asks at a time, the end of the turn
    // would only be time lost.
    if (this.#outgoing.push(frame) > 1) return;
    if (this.#sentSinceAnswer === 1 && this.#sentAfterLast === 1) this.#flush();
    else process.nextTick(this.#flush);
  }

  #take(bytes: Uint8Array, atMs: number): void {
    this.#lastByteAt = atMs;
    this.#total += bytes.length;
    this.#sentAfterLast = this.#sentSinceAnswer;
    this.#sentSinceAnswer = 0;
    const { frames, rest, lost } = takeTcpFrames(
      this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]),
    );
    this.#rest = rest;
    for (const frame of frames) this.#receive(frame, atMs);
    if (lost) this.#outOfStep();
    else this.#pump();
  }

  #receive(frame: TcpFrame, atMs: number): void {
    const exchange = this.#outstanding.get(frame.transaction);
    if (exchange === undefined) {
      this.#receiveStray(frame);
      return;
    }
    const { pdu } = frame;
    const reason = frame.unit === exchange.unit ? misfit(exchange.pdu, pdu) : "wrongUnit";
    if (this.#frames.wanted) {
      const isGood = reason === undefined && !exchange.doubted && exchange.held === undefined;
      this.#tell("received", isGood ? "good" : "unexpected", tcpFrame(frame), atMs - exchange.sentAt);
    }
    if (!exchange.beside) this.#settle(exchange, reason, pdu, atMs);
    else if (exchange.doubted) this.#askAgain(exchange);
    else if (reason !== undefined || exchange.held !== undefined) {
      this.#depth.failed();
      this.#askAgain(exchange);
      this.#doubtAll();
    } else if (isBusy(pdu)) {
      this.#depth.refused(exchange.atOnce);
      this.#askAgain(exchange);
    } else if (couldAnswerEarlier(pdu, exchange, this.#outstanding.values(), this.#isSilent)) {
      exchange.held = { pdu: copyOf(pdu), atMs };
    } else {
      this.#settle(exchange, undefined, pdu, atMs);
      this.#settleHeld();
    }
  }

  #receiveStray(frame: TcpFrame): void {
    this.#tell("received", "unexpected", tcpFrame(frame), 0);
    // A number that nobody waits for is a late answer's, or the device's own: then the others' mean nothing either.
    if (this.#transactions.came(frame.transaction) || this.#outstanding.size < 2) return;
    this.#depth.failed();
    this.#doubtAll();
  }

  #settle(exchange: Exchange, reason: string | undefined, pdu: Uint8Array, atMs: number): void {
    const { unit, signal, timeoutMs } = exchange;
    const latencyMs = atMs - exchange.sentAt;
    this.#remove(exchange);
    if (reason === undefined) this.#depth.answered(unit, !exchange.beside, latencyMs, timeoutMs, atMs);
    if (signal.aborted) exchange.reject(signal.reason);
    else if (reason !== undefined) exchange.reject(new FaultError({ code: "line.badFrame", unit, reason }));
    else if (isException(exchange.pdu, pdu))
      exchange.reject(new FaultError({ code: "line.exception", unit, exception: pdu[1] ?? 0 }));
    else exchange.resolve({ pdu: copyOf(pdu), latencyMs });
  }

  /** Those whose turn among the answers has come now. */
  #settleHeld(): void {
    for (const exchange of this.#outstanding.values()) {
      const { held } = exchange;
      if (held === undefined) continue;
      if (couldAnswerEarlier(held.pdu, exchange, this.#outstanding.values(), this.#isSilent)) continue;
      this.#settle(exchange, undefined, held.pdu, held.atMs);
    }
  }

  /** No answer to what is outstanding is believed any more. */
  #doubtAll(): void {
    for (const exchange of this.#outstanding.values()) {
      if (exchange.held !== undefined) this.#askAgain(exchange);
      else exchange.doubted = true;
    }
  }

  #askAgain(exchange: Exchange): void {
    this.#remove(exchange);
    exchange.alone = true;
    exchange.beside = false;
    exchange.doubted = false;
    exchange.held = undefined;
    this.#again.push(exchange);
    this.#deadlines.by(exchange.deadline);
  }

  #remove(exchange: Exchange): void {
    this.#outstanding.delete(exchange.transaction);
    if (exchange.alone) this.#alone = false;
  }

  /** Beside others half the time-out is waited, so that there is time to ask again alone. */
  #dueOf({ beside, doubted, unit, deadline, timeoutMs }: Exchange): number {
    return beside && (doubted || !this.#depth.isSilent(unit)) ? deadline - timeoutMs / 2 : deadline;
  }

  /** @returns the earliest deadline left */
  #look(now: number): number | undefined {
    for (const exchange of this.#outstanding.values()) {
      if (this.#dueOf(exchange) > now) continue;
      this.#transactions.giveUp(exchange.transaction);
      if (exchange.deadline <= now) this.#giveUp(exchange);
      else if (exchange.doubted) this.#askAgain(exchange);
      else {
        this.#depth.missed(exchange.unit);
        this.#askAgain(exchange);
        this.#doubtAll();
      }
    }
    for (const exchange of this.#again) if (exchange.deadline <= now) this.#reject(exchange);
    this.#again = this.#again.filter((exchange) => exchange.deadline > now);
    this.#pump();
    const dues = [...this.#outstanding.values(), ...this.#again].map((exchange) => this.#dueOf(exchange));
    return dues.length > 0 ? Math.min(...dues) : undefined;
  }

  #giveUp(exchange: Exchange): void {
    this.#remove(exchange);
    if (!exchange.beside) this.#depth.silentAlone(exchange.unit);
    this.#reject(exchange);
  }

  #reject({ unit, timeoutMs, signal, reject }: Exchange): void {
    reject(
      signal.aborted ? signal.reason : new FaultError({ code: "line.silent", unit, afterMs: timeoutMs }),
    );
  }

  #outOfStep(): void {
    this.#tell("received", "unexpected", this.#rest, 0);
    this.#rest = new Uint8Array(0);
    this.#end(this.#lost());
    void this.#pipe.close();
  }

  /** @param error absent when we closed the line */
  #end(error: FaultError | undefined): void {
    if (error !== undefined && this.#outstanding.size > 1) this.#depth.failed();
    if (!this.#ending.tell(error)) return;
    this.#deadlines.close();
    for (const { reject } of [...this.#outstanding.values(), ...this.#again, ...this.#waiting])
      reject(error ?? this.#lost());
    this.#outstanding.clear();
    this.#again = [];
    this.#waiting = [];
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

/** The bytes of a pipe are its own again after the call. */
function copyOf(pdu: Uint8Array): Uint8Array {
  return Buffer.from(pdu);
}
