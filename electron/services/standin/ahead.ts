import type { QueuedMessage, QueueReader } from "#capabilities/sampleQueue.ts";

const batch = 200;

/** Takes a reader's messages one by one, up to a number. */
export class Ahead {
  isOver = false;
  readonly #reader: QueueReader;
  readonly #before: number;
  #messages: readonly QueuedMessage[] = [];
  #taken = 0;

  constructor(reader: QueueReader, before = Number.POSITIVE_INFINITY) {
    this.#reader = reader;
    this.#before = before;
  }

  /** The next one, where it was read already. */
  atHand(): QueuedMessage | undefined {
    const message = this.#messages[this.#taken];
    if (message === undefined || message.number >= this.#before) return undefined;
    this.#taken++;
    return message;
  }

  async take(): Promise<QueuedMessage | undefined> {
    if (this.#taken === this.#messages.length && !this.isOver) {
      this.#messages = await this.#reader.next(batch);
      this.#taken = 0;
    }
    const message = this.atHand();
    if (message !== undefined) return message;
    // Live ones may come later; what was there before comes no more.
    this.isOver = Number.isFinite(this.#before);
    return undefined;
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}
