import type { Frame, Heard, Line, LinePlace, Reply, Unsubscribe } from "#capabilities/line.ts";
import { type Fault, FaultError, hasFault } from "#domain/fault.ts";
import { parseReadReply, readRequest } from "#domain/modbus/pdu.ts";
import type { Area } from "#domain/tag/address.ts";
import type {
  ExchangeOptions,
  Learned,
  LineReading,
  LineTraffic,
  TrafficState,
  TrafficWorld,
} from "./lineTraffic.ts";
import { Backoff } from "./lineTrafficBackoff.ts";
import { hearOtherMaster, noOtherMaster } from "./lineTrafficOtherMaster.ts";
import { WorkQueue } from "./lineTrafficQueue.ts";

const sharedListenMs = 3000;
const sharedQuietMs = 10_000;
// An adapter that was pulled and put back meets the line it left: a short silence, unless it was away for long.
const againListenMs = 400;
const awayMs = 60_000;

/** Holds one line: opens it, keeps its silences, and lets through as much at a time as the line takes. */
export class Traffic implements LineTraffic {
  readonly #place: LinePlace;
  readonly #world: TrafficWorld;
  readonly #queue = new WorkQueue();
  readonly #backoff = new Backoff();
  readonly #states = new Set<(state: TrafficState) => void>();
  readonly #frameListeners = new Set<(frame: Frame) => void>();
  readonly #learners = new Set<(learned: Learned) => void>();
  #state: TrafficState = { at: "closed" };
  #session = new AbortController();
  #line: Line | undefined;
  /** this session has had its silence */
  #listened = false;
  /** when the line was lost that had been ours alone, monotonic */
  #lostFreeAt: number | undefined;
  #working = false;
  /** exchanges that the line has in hand */
  readonly #running = new Set<Promise<unknown>>();
  #otherMaster = noOtherMaster;
  #stopQuietTimer: () => void = () => undefined;

  constructor(place: LinePlace, world: TrafficWorld) {
    this.#place = place;
    this.#world = world;
  }

  get state(): TrafficState {
    return this.#state;
  }

  onState(listener: (state: TrafficState) => void): Unsubscribe {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  onFrame(listener: (frame: Frame) => void): Unsubscribe {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  }

  get echoes(): boolean {
    return this.#line?.echoes ?? false;
  }

  onLearned(listener: (learned: Learned) => void): Unsubscribe {
    this.#learners.add(listener);
    return () => this.#learners.delete(listener);
  }

  async exchange(
    unit: number,
    pdu: Uint8Array,
    options: ExchangeOptions,
    signal: AbortSignal,
  ): Promise<Reply> {
    signal.throwIfAborted();
    this.#assertMaySend(unit, options);
    const ask = async (line: Line) => {
      // Much may have happened while this waited for its turn.
      this.#assertMaySend(unit, options);
      return this.#ask(line, unit, pdu, options, signal);
    };
    const reply = this.#queue.add("exchange", options.priority, ask, signal);
    void this.#work();
    return reply;
  }

  async read(
    unit: number,
    area: Area,
    offset: number,
    count: number,
    options: ExchangeOptions,
    signal: AbortSignal,
  ): Promise<LineReading> {
    const { pdu, latencyMs } = await this.exchange(unit, readRequest(area, offset, count), options, signal);
    return { words: parseReadReply(pdu, area, count), at: this.#world.clock.now(), latencyMs };
  }

  async listen(ms: number, signal: AbortSignal): Promise<Heard> {
    signal.throwIfAborted();
    const heard = this.#queue.add("listen", "person", (line) => this.#listen(line, ms, signal), signal);
    void this.#work();
    return heard;
  }

  async close(): Promise<void> {
    const line = this.#line;
    const closed = new FaultError(this.#lost());
    this.#session.abort(closed);
    this.#session = new AbortController();
    this.#end({ at: "closed" }, closed);
    await line?.close();
  }

  /** Serves the queue until it is empty. Never rejects. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (!this.#queue.isEmpty) {
      const session = this.#session.signal;
      try {
        const line = this.#line ?? (await this.#open(session));
        if (!this.#listened && !this.#queue.hasListener)
          await this.#listen(line, this.#listenMs(line), session);
        await this.#serve(line);
      } catch (error) {
        // A session that was closed meanwhile has told its waiters; who came since belongs to the next one.
        if (!session.aborted) this.#end(this.#stateAfter(error), error);
      }
    }
    this.#working = false;
  }

  /** Hands the line the next piece of work once it has a place for it: listening goes alone. */
  async #serve(line: Line): Promise<void> {
    const isFull = () => this.#running.size >= (line.atOnce ?? 1);
    while (this.#running.size > 0 && (isFull() || this.#queue.hasListener)) await Promise.race(this.#running);
    // The line may have gone while this waited.
    const work = this.#line === line ? this.#queue.next() : undefined;
    if (work?.kind === "listen") return work.run(line);
    if (work === undefined) return;
    const run: Promise<unknown> = work.run(line).then(() => this.#running.delete(run));
    this.#running.add(run);
  }

  async #open(session: AbortSignal): Promise<Line> {
    const line = await this.#world.lines.open(this.#place, session);
    if (session.aborted) {
      await line.close();
      throw session.reason;
    }
    this.#line = line;
    line.onFrame((frame) => this.#hear(line, frame));
    line.onClose((error) => {
      if (this.#line === line) this.#end(this.#stateAfter(error), error ?? new FaultError(this.#lost()));
    });
    return line;
  }

  async #listen(line: Line, ms: number, signal: AbortSignal): Promise<Heard> {
    const wasTaken = this.#state.at === "taken";
    if (!wasTaken && ms > 0) this.#enter({ at: "listening", untilMs: this.#world.clock.now() + ms });
    try {
      const heard = ms > 0 ? await line.listen(ms, signal) : { bytes: 0, frames: [] };
      if (ms >= this.#listenMs(line)) this.#listened = true;
      return heard;
    } finally {
      // Closing, loss and a master heard have set their own state.
      if (this.#line === line && this.#state.at !== "taken") this.#enter({ at: "free" });
    }
  }

  async #ask(
    line: Line,
    unit: number,
    pdu: Uint8Array,
    options: ExchangeOptions,
    signal: AbortSignal,
  ): Promise<Reply> {
    const askedAt = this.#world.clock.monotonic();
    try {
      const reply = await line.exchange(unit, pdu, options.timeoutMs, signal);
      this.#backoff.answered(unit);
      return reply;
    } catch (error) {
      const now = this.#world.clock.monotonic();
      if (hasFault(error, "line.silent")) {
        if (options.priority === "poll") this.#backoff.silent(unit, now, now - askedAt);
      } else if (hasFault(error, "line.exception") || hasFault(error, "line.badFrame"))
        this.#backoff.answered(unit);
      throw error;
    }
  }

  #assertMaySend(unit: number, options: ExchangeOptions): void {
    if (this.#state.at === "taken") throw this.#taken();
    if (options.priority === "poll" && this.#backoff.rests(unit, this.#world.clock.monotonic()))
      throw new FaultError({ code: "line.silent", unit, afterMs: options.timeoutMs });
  }

  #hear(line: Line, frame: Frame): void {
    this.#world.onFrame(frame);
    for (const listener of [...this.#frameListeners]) listener(frame);
    if (this.#line !== line || !line.shared || frame.direction !== "heard") return;
    if (frame.verdict !== "good") {
      // What was garbled may have been the reply, or the next request: nothing may be credited across it.
      this.#otherMaster = { ...this.#otherMaster, exchange: noOtherMaster.exchange };
      return;
    }
    const { other, learned } = hearOtherMaster(this.#otherMaster, frame);
    this.#otherMaster = other;
    this.#stopQuietTimer();
    this.#stopQuietTimer = this.#world.clock.after(this.#world.quietMs ?? sharedQuietMs, () => {
      this.#otherMaster = noOtherMaster;
      this.#enter({ at: "free" });
    });
    this.#enter({ at: "taken", frames: other.frames, units: other.units });
    this.#queue.refuseExchanges(this.#taken());
    if (learned !== undefined)
      for (const learner of [...this.#learners]) learner({ ...learned, at: frame.at });
  }

  #taken(): FaultError {
    const { frames, units } = this.#otherMaster;
    return new FaultError({ code: "line.taken", frames, units: units.join(", ") });
  }

  #listenMs(line: Line): number {
    if (!line.shared) return 0;
    const wholeMs = this.#world.listenMs ?? sharedListenMs;
    const isBack = this.#world.clock.monotonic() - (this.#lostFreeAt ?? Number.NEGATIVE_INFINITY) < awayMs;
    return isBack ? Math.min(wholeMs, againListenMs) : wholeMs;
  }

  /** The line is gone: forgets all that belonged to its session. */
  #end(state: TrafficState, error: unknown): void {
    const wasFree = this.#listened && this.#state.at === "free";
    if (wasFree && state.at === "lost") this.#lostFreeAt = this.#world.clock.monotonic();
    else if (this.#listened || state.at === "closed") this.#lostFreeAt = undefined;
    this.#line = undefined;
    this.#listened = false;
    this.#stopQuietTimer();
    this.#otherMaster = noOtherMaster;
    this.#enter(state);
    this.#queue.refuseAll(error);
  }

  #enter(state: TrafficState): void {
    if (state.at === this.#state.at && (state.at === "free" || state.at === "closed")) return;
    this.#state = state;
    for (const listener of [...this.#states]) listener(state);
  }

  #stateAfter(error: unknown): TrafficState {
    return error instanceof FaultError ? { at: "lost", fault: error.fault } : { at: "closed" };
  }

  #lost(): Fault {
    const place = this.#place;
    return { code: "line.lost", port: place.kind === "serial" ? place.port : `${place.host}:${place.port}` };
  }
}
