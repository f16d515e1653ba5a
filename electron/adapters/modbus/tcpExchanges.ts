import { FaultError } from "#domain/fault.ts";
import { type TcpFrame, tcpFrame } from "#domain/modbus/tcpFrame.ts";
import { Deadlines } from "./deadlines.ts";
import { isException, misfit } from "./misfit.ts";
import type { TcpDepth } from "./tcpDepth.ts";
import {
  type Asked,
  couldAnswerEarlier,
  type Exchange,
  isBusy,
  isRead,
  type Listening,
} from "./tcpExchange.ts";
import { Transactions } from "./transactions.ts";

/** The way out: what the exchanges ask of their connection. */
interface Wire {
  /** one frame is on its way, within this turn of the event loop; `now` is monotonic */
  sent(frame: Uint8Array, now: number): void;
  write(bytes: Uint8Array): void;
}

/**
 * The requests of one connection, several outstanding at a time.
 *
 * A reply belongs to the request with its transaction number: one that comes late finds nobody waiting and is dropped.
 * Where a reply beside others is missing, does not fit, or could be another's, that request is asked again alone
 * within its time-out, and the line falls back to one at a time. Only reads go beside others and are asked again.
 */
export class TcpExchanges {
  readonly #depth: TcpDepth;
  readonly #wire: Wire;
  readonly #transactions = new Transactions();
  readonly #deadlines = new Deadlines((now) => this.#look(now));
  readonly #isSilent = (unit: number) => this.#depth.isSilent(unit);
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
  #ended = false;

  constructor(depth: TcpDepth, wire: Wire) {
    this.#depth = depth;
    this.#wire = wire;
  }

  ask({ unit, pdu, timeoutMs, signal, resolve, reject }: Asked): void {
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
  }

  /** nothing is outstanding while this runs */
  pause(listening: Listening): void {
    this.#waiting.push(listening);
    this.#pump();
  }

  /** ms since the request with this number was sent; 0 when nobody waits for it */
  waited(transaction: number, now: number): number {
    return now - (this.#outstanding.get(transaction)?.sentAt ?? now);
  }

  /** @returns whether the frame is what was waited for; one that is not, changes nothing but how much is trusted */
  receive(frame: TcpFrame, atMs: number): boolean {
    const exchange = this.#outstanding.get(frame.transaction);
    if (exchange === undefined) return this.#receiveStray(frame);
    const { pdu } = frame;
    const reason = frame.unit === exchange.unit ? misfit(exchange.pdu, pdu) : "wrongUnit";
    const isGood = reason === undefined && !exchange.doubted && exchange.held === undefined;
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
    return isGood;
  }

  /** all frames that came together were received */
  goOn(): void {
    this.#sentAfterLast = this.#sentSinceAnswer;
    this.#sentSinceAnswer = 0;
    this.#pump();
  }

  /** @param byUs the device is not to blame */
  end(byUs: boolean, error: FaultError): void {
    this.#ended = true;
    this.#deadlines.close();
    if (!byUs && this.#outstanding.size > 1) this.#depth.failed();
    for (const { reject } of [...this.#outstanding.values(), ...this.#again, ...this.#waiting]) reject(error);
    this.#outstanding.clear();
    this.#again = [];
    this.#waiting = [];
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
    this.#wire.sent(frame, now);
    this.#sentSinceAnswer += 1;
    // What is asked in one turn of the event loop goes out in one write. Where one asks at a time, the end of the turn
    // would only be time lost.
    if (this.#outgoing.push(frame) > 1) return;
    if (this.#sentSinceAnswer === 1 && this.#sentAfterLast === 1) this.#flush();
    else process.nextTick(this.#flush);
  }

  readonly #flush = () => {
    const bytes = this.#outgoing.length === 1 ? this.#outgoing[0] : Buffer.concat(this.#outgoing);
    this.#outgoing.length = 0;
    if (bytes === undefined || this.#ended) return;
    this.#depth.sent(this.#outstanding.size, performance.now());
    this.#wire.write(bytes);
  };

  #receiveStray({ transaction }: TcpFrame): false {
    // A number that nobody waits for is a late answer's, or the device's own: then the others' mean nothing either.
    if (this.#transactions.came(transaction) || this.#outstanding.size < 2) return false;
    this.#depth.failed();
    this.#doubtAll();
    return false;
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
}

/** A frame's bytes are the connection's own again after the call. */
function copyOf(pdu: Uint8Array): Uint8Array {
  return Buffer.from(pdu);
}
