import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe, Frame, Heard, Line, Reply } from "#capabilities/line.ts";
import { FaultError } from "#domain/fault.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { charMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { Echo } from "./echo.ts";
import { isException } from "./misfit.ts";
import { Pause } from "./pause.ts";
import { RtuInput } from "./rtuInput.ts";
import { findReply, isWholeReply } from "./rtuReply.ts";
import { type Request, SentRequests } from "./sentRequests.ts";
import { judgeStrays, type Stray, worstReason } from "./strays.ts";
import { Turns } from "./turns.ts";

const longestFrame = 256;

/**
 * A Modbus RTU line over a byte pipe.
 *
 * Each request starts after a silent interval (3.5 characters) counted from the last byte in either direction. A
 * reply counts only when CRC, unit, function and length fit, and when no other request could have caused it.
 *
 * @param name what faults call the port
 * @see MODBUS over Serial Line v1.02, 2.5.1
 */
export function rtuLine(pipe: BytePipe, settings: SerialSettings, name: string): Line {
  return new RtuLine(pipe, settings, name);
}

/** A request on its way, with monotonic times. */
interface Exchange extends Request {
  readonly frame: Uint8Array;
  readonly askedAt: number;
  readonly deadline: number;
  readonly timeoutMs: number;
}

class RtuLine implements Line {
  readonly shared = true;
  readonly #pipe: BytePipe;
  readonly #name: string;
  readonly #silentMs: number;
  readonly #characterMs: number;
  readonly #turns = new Turns();
  readonly #pause = new Pause();
  readonly #frames = new Listeners<[Frame]>();
  readonly #ending = new Ending<Error | undefined>();
  readonly #sent = new SentRequests();
  readonly #echo = new Echo();
  readonly #input = new RtuInput((bytes, gapMs) => this.#tellStrays(bytes, gapMs, undefined));

  constructor(pipe: BytePipe, settings: SerialSettings, name: string) {
    this.#pipe = pipe;
    this.#name = name;
    this.#silentMs = silentIntervalMs(settings);
    this.#characterMs = charMs(settings);
    pipe.onBytes((bytes, atMs) => {
      this.#input.take(bytes, atMs);
      this.#pause.wake();
    });
    pipe.onClose((error) => {
      this.#input.close();
      this.#ending.tell(error);
      this.#pause.wake();
    });
  }

  get echoes(): boolean {
    return this.#echo.isPresent;
  }

  async exchange(unit: number, pdu: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    if (unit === 0) throw new ProblemError({ code: "unit.broadcast" });
    if (unit < 0 || unit > 247) throw new ProblemError({ code: "unit.outOfRange", unit });
    const request = { unit, pdu };
    return this.#turns.take(async () => {
      await this.#untilFree(request, timeoutMs, signal);
      this.#input.hold();
      try {
        return await this.#converse(request, timeoutMs);
      } finally {
        this.#input.release();
      }
    }, signal);
  }

  listen(ms: number, signal: AbortSignal): Promise<Heard> {
    return this.#turns.take(async () => {
      this.#assertOpen();
      this.#input.settle();
      const before = this.#input.total;
      const frames: Frame[] = [];
      const stop = this.#frames.add((frame) => {
        if (frame.direction === "heard" && frame.verdict === "good") frames.push(frame);
      });
      const end = performance.now() + ms;
      while (performance.now() < end && !signal.aborted && !this.#ending.ended)
        await this.#pause.until(end, signal);
      this.#input.settle();
      stop();
      this.#assertOpen();
      return { bytes: this.#input.total - before, frames };
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

  /** Waits for the silent interval, and for a late reply that could be taken for this request's. */
  async #untilFree(request: Request, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const giveUpAt = Math.max(performance.now(), this.#sent.heldUntil(request)) + Math.max(timeoutMs, 1000);
    for (;;) {
      this.#assertOpen();
      signal.throwIfAborted();
      const freeAt = Math.max(this.#input.lastByteAt + this.#silentMs, this.#sent.heldUntil(request));
      const now = performance.now();
      if (now >= freeAt) return;
      if (now >= giveUpAt)
        throw new FaultError({ code: "line.badFrame", unit: request.unit, reason: "neverSilent" });
      await this.#pause.until(Math.min(freeAt, giveUpAt), signal);
    }
  }

  async #converse(request: Request, timeoutMs: number): Promise<Reply> {
    const frame = rtuFrame(request.unit, request.pdu);
    const askedAt = performance.now();
    // The port takes the bytes at once; the wire is busy with them for longer.
    const sentAt = askedAt + frame.length * this.#characterMs;
    const exchange = { ...request, frame, askedAt, deadline: sentAt + timeoutMs, timeoutMs };
    this.#sent.add(request, askedAt, exchange.deadline + Math.max(this.#silentMs, timeoutMs));
    this.#tell("sent", "good", frame, askedAt - this.#input.lastByteAt);
    this.#input.lastByteAt = sentAt;
    let failure: unknown;
    this.#pipe.write(frame).catch((error: unknown) => {
      failure = error;
      this.#pause.wake();
    });
    for (;;) {
      this.#assertOpen();
      if (failure !== undefined) throw failure;
      const over = this.#isOver(exchange);
      const reply = this.#reply(exchange, over);
      if (reply !== undefined) return unlessException(exchange, reply);
      if (over) throw this.#unanswered(exchange);
      await this.#pause.until(this.#input.isFlowing ? this.#input.pauseAt : exchange.deadline);
    }
  }

  /** A reply that is coming in at the deadline is heard out, for as long as the longest frame takes. */
  #isOver({ deadline }: Exchange): boolean {
    const now = performance.now();
    if (now < deadline) return false;
    return !this.#input.isFlowing || now >= deadline + longestFrame * this.#characterMs;
  }

  #reply(exchange: Exchange, over: boolean): Reply | undefined {
    const { askedAt } = exchange;
    for (;;) {
      const bytes = this.#input.bytes;
      const echo = this.#echo.lengthIn(bytes, exchange, over);
      if (echo === undefined) return undefined;
      const found = findReply(bytes.subarray(echo), exchange, !this.#input.isFlowing);
      if (found === undefined) return undefined;
      this.#input.consume(echo);
      this.#tellStrays(this.#input.consume(found.start), 0, exchange);
      const reply = this.#input.consume(found.end - found.start);
      const latencyMs = this.#input.lastByteAt - askedAt;
      const rival = isException(exchange.pdu, found.pdu) ? this.#sent.rivalOf(exchange, askedAt) : undefined;
      if (rival === undefined) {
        this.#echo.answered(exchange, found.start === 0 && echo === 0);
        this.#sent.answered(exchange, askedAt);
        this.#tell("received", "good", reply, latencyMs);
        return { pdu: found.pdu, latencyMs };
      }
      // It may be the late refusal of the other request: only a reply that is surely ours will do.
      this.#sent.answered(rival, askedAt);
      this.#tell("received", "unexpected", reply, latencyMs);
    }
  }

  #unanswered(exchange: Exchange): FaultError {
    const { unit, askedAt, timeoutMs } = exchange;
    const bytes = this.#input.consume(this.#input.bytes.length);
    const received = bytes.subarray(this.#echo.lengthIn(bytes, exchange, true) ?? 0);
    // Spoiled on its way, but it came: there is no late reply to wait for.
    if (isWholeReply(received, exchange)) this.#sent.answered(exchange, askedAt);
    // Counted from now: a machine that stalled notices the deadline late, with the reply perhaps already here.
    else this.#sent.givenUp(exchange, askedAt, performance.now() + Math.max(this.#silentMs, timeoutMs));
    const strays = this.#tellStrays(received, this.#input.lastByteAt - askedAt, exchange);
    const reason = worstReason(strays);
    if (reason === undefined) return new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
    return new FaultError({ code: "line.badFrame", unit, reason });
  }

  #tellStrays(bytes: Uint8Array, gapMs: number, exchange: Exchange | undefined): readonly Stray[] {
    // What was unanswered when this exchange began may have been answered during it.
    const asOf = exchange?.askedAt ?? this.#input.lastByteAt;
    const strays = judgeStrays(bytes, exchange, this.#sent, asOf);
    for (const stray of strays) {
      if (stray.answers !== undefined) this.#sent.answered(stray.answers, asOf);
      this.#tell(stray.direction, stray.verdict, stray.bytes, gapMs);
    }
    return strays;
  }

  #tell(direction: Frame["direction"], verdict: Frame["verdict"], bytes: Uint8Array, gapMs: number): void {
    if (bytes.length === 0) return;
    // A frame is judged after the silence behind it; it passed when its last byte did.
    const sinceMs = direction === "sent" ? 0 : performance.now() - this.#input.lastByteAt;
    this.#frames.tell({ at: Date.now() - Math.round(sinceMs), direction, verdict, bytes, gapMs });
  }

  #assertOpen(): void {
    if (this.#ending.ended) throw new FaultError({ code: "line.lost", port: this.#name });
  }
}

function unlessException(request: Request, reply: Reply): Reply {
  const exception = reply.pdu[1];
  if (!isException(request.pdu, reply.pdu) || exception === undefined) return reply;
  throw new FaultError({ code: "line.exception", unit: request.unit, exception });
}
