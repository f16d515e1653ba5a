import { Ending, Listeners } from "#adapters/listeners.ts";
import type { BytePipe, Frame, Heard, Line, Reply } from "#capabilities/line.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { frameMs, silentIntervalMs } from "#domain/modbus/timing.ts";
import { trimmedReply } from "#domain/modbus/wording.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import { Echo } from "./echo.ts";
import { isException } from "./misfit.ts";
import { Pause } from "./pause.ts";
import { RefusedRequests } from "./refusedRequests.ts";
import { RtuInput } from "./rtuInput.ts";
import { findReply, isBrokenReply, isSpoiledReply } from "./rtuReply.ts";
import { nextStep } from "./rtuWording.ts";
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
  readonly #settings: SerialSettings;
  readonly #turns = new Turns();
  readonly #pause = new Pause();
  readonly #frames = new Listeners<[Frame]>();
  readonly #ending = new Ending<Error | undefined>();
  readonly #sent = new SentRequests();
  readonly #refused = new RefusedRequests();
  readonly #echo = new Echo();
  readonly #input = new RtuInput((bytes, gapMs) => this.#tellStrays(bytes, gapMs, undefined));

  constructor(pipe: BytePipe, settings: SerialSettings, name: string) {
    this.#pipe = pipe;
    this.#name = name;
    this.#silentMs = silentIntervalMs(settings);
    this.#settings = settings;
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
    return this.#turns.take(() => this.#ask({ unit, pdu }, timeoutMs, signal), signal);
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

  /** Puts the request into words whose reply no late one resembles, at the price of another small read at worst. */
  async #ask(request: Request, timeoutMs: number, signal: AbortSignal): Promise<Reply> {
    const { unit } = request;
    const endsAt = performance.now() + timeoutMs;
    let leftMs = timeoutMs;
    for (;;) {
      await this.#untilSilent(unit, timeoutMs, signal);
      // Tells what came in the meantime: it may have been what this request would have to wait for.
      this.#input.settle();
      const now = performance.now();
      const step = nextStep(request, this.#sent, (asked) => this.#refused.has(asked), now);
      if (step.at === "wait") {
        await this.#pause.until(Math.min(step.untilMs, endsAt), signal);
        if (performance.now() >= endsAt)
          throw new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
        continue;
      }
      const asked = { unit, pdu: step.pdu };
      try {
        const reply = await this.#converse(asked, timeoutMs, leftMs);
        if (step.at === "ask")
          return step.pdu === request.pdu ? reply : { ...reply, pdu: trimmedReply(request.pdu, reply.pdu) };
      } catch (error) {
        if (!hasFault(error, "line.exception") || step.pdu === request.pdu) throw error;
      }
      // Too little time would only make one more late reply: the next to ask has the line in order and all its time.
      const tookMs = performance.now() - now;
      leftMs -= tookMs;
      if (leftMs < 1.5 * tookMs) throw new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
    }
  }

  async #untilSilent(unit: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    const giveUpAt = performance.now() + Math.max(timeoutMs, 1000);
    for (;;) {
      this.#assertOpen();
      signal.throwIfAborted();
      const silentAt = this.#input.lastByteAt + this.#silentMs;
      const now = performance.now();
      if (now >= silentAt) return;
      if (now >= giveUpAt) throw new FaultError({ code: "line.badFrame", unit, reason: "neverSilent" });
      await this.#pause.until(Math.min(silentAt, giveUpAt), signal);
    }
  }

  async #converse(request: Request, timeoutMs: number, leftMs: number): Promise<Reply> {
    this.#input.hold();
    try {
      return await this.#exchangeFrames(request, timeoutMs, leftMs);
    } finally {
      this.#input.release();
    }
  }

  async #exchangeFrames(request: Request, timeoutMs: number, leftMs: number): Promise<Reply> {
    const frame = rtuFrame(request.unit, request.pdu);
    const askedAt = performance.now();
    // The port takes the bytes at once; the wire is busy with them for longer.
    const sentAt = askedAt + frameMs(this.#settings, frame.length);
    const exchange = { ...request, frame, askedAt, deadline: sentAt + leftMs, timeoutMs };
    this.#sent.add(request, askedAt, exchange.deadline, timeoutMs);
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
      if (over || this.#isSpoiled(exchange)) throw this.#unanswered(exchange);
      await this.#pause.until(this.#input.isFlowing ? this.#input.pauseAt : exchange.deadline);
    }
  }

  /** The line has fallen silent behind a reply that is too damaged to be read: nothing more is to come. */
  #isSpoiled(exchange: Exchange): boolean {
    const { bytes, isFlowing } = this.#input;
    if (bytes.length === 0 || isFlowing) return false;
    const echo = this.#echo.lengthIn(bytes, exchange, false);
    return echo !== undefined && isBrokenReply(bytes.subarray(echo), exchange);
  }

  /** A reply that is coming in at the deadline is heard out, for as long as the longest frame takes. */
  #isOver({ deadline }: Exchange): boolean {
    const now = performance.now();
    if (now < deadline) return false;
    return !this.#input.isFlowing || now >= deadline + frameMs(this.#settings, longestFrame);
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
      const isRefusal = isException(exchange.pdu, found.pdu);
      if (isRefusal) this.#refused.add(exchange);
      const rival = isRefusal ? this.#sent.rivalOf(exchange) : undefined;
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
    if (isSpoiledReply(received, exchange)) this.#sent.spoiled(exchange, askedAt);
    else this.#sent.givenUp(exchange, performance.now());
    const strays = this.#tellStrays(received, this.#input.lastByteAt - askedAt, exchange);
    const reason = worstReason(strays);
    if (reason === undefined) return new FaultError({ code: "line.silent", unit, afterMs: timeoutMs });
    return new FaultError({ code: "line.badFrame", unit, reason });
  }

  #tellStrays(bytes: Uint8Array, gapMs: number, exchange: Exchange | undefined): readonly Stray[] {
    const strays = judgeStrays(bytes, exchange, this.#sent);
    for (const stray of strays) {
      if (stray.answers !== undefined) this.#sent.answered(stray.answers, this.#input.lastByteAt);
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
