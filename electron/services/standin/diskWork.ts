import type { Clock } from "#capabilities/clock.ts";
import type { QueueMessage, SampleQueue } from "#capabilities/sampleQueue.ts";
import { type Fault, FaultError } from "#domain/fault.ts";
import type { Publishing } from "./publishing.ts";

/** A full disk takes a message now and then, when acknowledged ones made room: it is told for so long after a failure. */
const toldForMs = 10_000;

/** Puts messages into the queue; what the disk does not take goes on without it while there is a link. */
export class DiskWork {
  made = 0;
  unkept = 0;
  failure: Fault | null = null;
  readonly #clock: Clock;
  readonly #queue: SampleQueue;
  readonly #publishing: Publishing;
  readonly #underWay = new Set<Promise<void>>();
  #failedAt = Number.NEGATIVE_INFINITY;
  #bug: { readonly error: unknown } | undefined;

  constructor(clock: Clock, queue: SampleQueue, publishing: Publishing) {
    this.#clock = clock;
    this.#queue = queue;
    this.#publishing = publishing;
  }

  keep(message: QueueMessage): void {
    this.made++;
    const kept = this.#keep(message)
      .catch((error: unknown) => {
        this.#bug = { error };
      })
      .finally(() => this.#underWay.delete(kept));
    this.#underWay.add(kept);
  }

  /** Brings acknowledgements to the disk; what keeps them from it is told, and only brings duplicates. */
  async save(): Promise<void> {
    if (this.#bug) throw this.#bug.error;
    await this.#queue.save().catch((error) => this.#failed(error));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #keep(message: QueueMessage): Promise<void> {
    try {
      if ((await this.#queue.append(message)) !== undefined) this.#publishing.wake();
      if (this.#clock.monotonic() - this.#failedAt > toldForMs) this.failure = null;
    } catch (error) {
      this.#failed(error);
      if (!this.#publishing.pass(message)) this.unkept++;
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof FaultError)) throw error;
    this.failure = error.fault;
    this.#failedAt = this.#clock.monotonic();
  }
}
