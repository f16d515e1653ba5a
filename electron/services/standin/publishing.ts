import type { QueueMessage, SampleQueue } from "#capabilities/sampleQueue.ts";
import type { BrokerPlace, Session } from "#capabilities/uplink.ts";
import { type Fault, FaultError } from "#domain/fault.ts";
import type { World } from "../world.ts";
import { Ahead } from "./ahead.ts";
import { Wakeup } from "./wakeup.ts";

/** A lost broker is tried again after so long, and half as often each time up to the longest. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** What is under way may still be acknowledged when the work is to end. */
const farewellMs = 2000;
/** A broker that acknowledges nothing for so long is left, however it answers pings. */
const silentMs = 30_000;
/** What the disk did not take waits here for its turn, and no more than so many. */
const mostUnkept = 1000;
/** Topic, header and properties around a payload. */
const overheadBytes = 512;

export interface PublishingCounts {
  sent: number;
  acknowledged: number;
  replayed: number;
  /** larger than the broker takes: given up */
  large: number;
  /** passed on without the disk, and lost with the link */
  unkept: number;
}

/**
 * Sends a queue's messages to a broker at QoS 1 and acknowledges them in the queue when the broker has. At most the
 * broker's window is under way; MQTT's client keeps nothing of its own. Live messages go first; what was left from
 * before the connection follows beside them in order, at a bounded rate.
 */
export class Publishing {
  readonly counts: PublishingCounts = { sent: 0, acknowledged: 0, replayed: 0, large: 0, unkept: 0 };
  link: "connecting" | "online" | "waiting" = "connecting";
  failure: Fault | null = null;
  replayLeft = 0;
  readonly #clock: World["clock"];
  readonly #brokers: World["brokers"];
  readonly #queue: SampleQueue;
  readonly #replayEveryMs: number;
  readonly #onSent: (message: QueueMessage) => void;
  readonly #wakeup = new Wakeup();
  #unkept: QueueMessage[] = [];

  constructor(
    world: Pick<World, "clock" | "brokers">,
    queue: SampleQueue,
    options: { readonly replayPerSecond: number; onSent(message: QueueMessage): void },
  ) {
    this.#clock = world.clock;
    this.#brokers = world.brokers;
    this.#queue = queue;
    this.#replayEveryMs = 1000 / options.replayPerSecond;
    this.#onSent = options.onSent;
  }

  /** There is something new in the queue. */
  wake(): void {
    this.#wakeup.call();
  }

  /** Sends a message past the disk. @returns false where it cannot be sent now, and is lost */
  pass(message: QueueMessage): boolean {
    if (this.link !== "online" || this.#unkept.length >= mostUnkept) return false;
    this.#unkept.push(message);
    this.wake();
    return true;
  }

  /**
   * Publishes until cancelled, over any number of lost connections.
   *
   * @param place the broker as it is to be reached, each time anew
   * @throws ProblemError where the uplink is not set up; file.unreadable, file.unwritable of the queue
   */
  async run(place: () => Promise<BrokerPlace>, signal: AbortSignal): Promise<void> {
    let pauseMs = firstPauseMs;
    const onAbort = () => this.wake();
    signal.addEventListener("abort", onAbort);
    try {
      while (!signal.aborted) {
        const before = this.counts.acknowledged;
        this.link = "connecting";
        const failure = await this.#connectAndServe(place, signal);
        if (signal.aborted) break;
        this.link = "waiting";
        this.failure = failure.fault;
        if (failure.fault.code.startsWith("file.")) throw failure;
        if (this.counts.acknowledged > before) pauseMs = firstPauseMs;
        await this.#clock.sleep(pauseMs, signal);
        pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.link = "waiting";
    }
    signal.throwIfAborted();
  }

  /** @returns why the session ended */
  async #connectAndServe(place: () => Promise<BrokerPlace>, signal: AbortSignal): Promise<FaultError> {
    let session: Session | undefined;
    try {
      const { host, ...rest } = await place();
      session = await this.#brokers.connect({ host, ...rest }, signal);
      this.link = "online";
      this.failure = null;
      return (await this.#serve(session, signal)) ?? new FaultError({ code: "uplink.closed", host });
    } catch (error) {
      if (error instanceof FaultError) return error;
      throw error;
    } finally {
      this.counts.unkept += this.#unkept.length;
      this.#unkept = [];
      this.replayLeft = 0;
      await session?.close();
    }
  }

  async #serve(session: Session, signal: AbortSignal): Promise<FaultError | undefined> {
    const { window, largestPacket, highestQos } = session.limits;
    const qos = highestQos === 0 ? 0 : 1;
    const largest = largestPacket === null ? Number.POSITIVE_INFINITY : largestPacket - overheadBytes;
    const ended = new AbortController();
    let failure: { readonly error: unknown } | undefined;
    let underWay = 0;
    let heardAt = this.#clock.monotonic();
    const fail = (error: unknown) => {
      failure ??= { error };
      this.wake();
    };
    const forget = session.onClose(fail);
    // What is in the queue by now is replayed; what comes from now on is live. One moment parts the two.
    const liveFrom = this.#queue.next;
    this.replayLeft = this.#queue.counts().queued;
    const live = new Ahead(this.#queue.reader("fresh"));
    const earlier = new Ahead(this.#queue.reader("first"), liveFrom);
    let replayDueAt = this.#clock.monotonic();

    const send = (message: QueueMessage & { readonly number?: number }) => {
      if (underWay === 0) heardAt = this.#clock.monotonic();
      underWay++;
      this.counts.sent++;
      this.#onSent(message);
      session.publish(message.topic, message.payload, qos, false, ended.signal).then(
        () => {
          underWay--;
          heardAt = this.#clock.monotonic();
          this.counts.acknowledged++;
          if (message.number !== undefined) this.#queue.acknowledge(message.number);
          // The window is filled again when half of it is free: several messages then share one write to the socket.
          if (underWay <= window / 2) this.wake();
        },
        (error: unknown) => {
          underWay--;
          if (message.number === undefined) this.counts.unkept++;
          fail(error);
        },
      );
    };

    /** The next message; or how long until there may be one, for ever where only a wakeup can tell. */
    const choose = async (): Promise<QueueMessage | number> => {
      const first = this.#unkept.shift() ?? (await live.take());
      if (first !== undefined) return first;
      const waitMs = replayDueAt - this.#clock.monotonic();
      if (waitMs > 0) return earlier.isOver ? Number.POSITIVE_INFINITY : waitMs;
      const old = await earlier.take();
      if (old === undefined) {
        this.replayLeft = 0;
        return Number.POSITIVE_INFINITY;
      }
      // A late turn is made up for, but not a whole second of them at once.
      replayDueAt = Math.max(replayDueAt + this.#replayEveryMs, this.#clock.monotonic() - 100);
      this.counts.replayed++;
      this.replayLeft = Math.max(0, this.replayLeft - 1);
      return old;
    };

    try {
      while (failure === undefined && !signal.aborted) {
        const isFree = underWay < window;
        // Without a promise where one is at hand: it is thousands a second.
        const next = (isFree && live.atHand()) || (isFree ? await choose() : Number.POSITIVE_INFINITY);
        if (typeof next === "number") {
          const leftMs = () => (underWay > 0 ? heardAt + silentMs - this.#clock.monotonic() : silentMs);
          await this.#waitAtMost(Math.min(next, leftMs()));
          if (leftMs() <= 0) fail(undefined);
        } else if (next.payload.length + next.topic.length > largest) this.#giveUp(next);
        else send(next);
      }
      const lateAt = this.#clock.monotonic() + farewellMs;
      while (failure === undefined && underWay > 0 && this.#clock.monotonic() < lateAt)
        await this.#waitAtMost(lateAt - this.#clock.monotonic());
      if (failure === undefined) return undefined;
      const { error } = failure;
      if (error === undefined || error instanceof FaultError) return error;
      throw error;
    } finally {
      ended.abort(new Error("the session is over"));
      forget();
      await Promise.all([live.close(), earlier.close()]);
    }
  }

  #giveUp(message: QueueMessage & { readonly number?: number }): void {
    this.counts.large++;
    if (message.number !== undefined) this.#queue.acknowledge(message.number);
  }

  async #waitAtMost(ms: number): Promise<void> {
    const cancel = Number.isFinite(ms) ? this.#clock.after(ms, () => this.wake()) : undefined;
    await this.#wakeup.wait();
    cancel?.();
  }
}
