import { type FileHandle, open } from "node:fs/promises";
import type { QueuedMessage, QueueReader } from "#capabilities/sampleQueue.ts";
import { unreadable } from "../files/fileFault.ts";
import { type Found, readSegment, type Segment } from "./segment.ts";

/** As much of a queue as a reader of it needs. */
export interface ReadableQueue {
  /** in order; one that is gone was dropped */
  readonly segments: readonly Segment[];
  readonly next: number;
  isDone(number: number): boolean;
  /** these numbers were expected and are not on the disk */
  missed(start: number, end: number): void;
}

/** Reads on from a number; `offset` is where that lies in the segment that holds it, where that is known. */
export class SegmentReader implements QueueReader {
  readonly #queue: ReadableQueue;
  #number: number;
  #offset: number;
  #open: { readonly segment: Segment; readonly file: FileHandle } | undefined;
  #segment: Segment | undefined;
  /** read and not handed out, from `#taken` on */
  #ready: QueuedMessage[] = [];
  #taken = 0;

  constructor(queue: ReadableQueue, from: number, place?: { segment: Segment; offset: number }) {
    this.#queue = queue;
    this.#number = from;
    this.#segment = place?.segment;
    this.#offset = place?.offset ?? 0;
  }

  async next(most: number): Promise<readonly QueuedMessage[]> {
    for (;;) {
      const messages: QueuedMessage[] = [];
      while (messages.length < most && this.#taken < this.#ready.length) {
        const message = this.#ready[this.#taken++] as QueuedMessage;
        if (!this.#queue.isDone(message.number)) messages.push(message);
      }
      if (messages.length > 0 || !(await this.#readOn())) return messages;
    }
  }

  async close(): Promise<void> {
    const { file } = this.#open ?? {};
    this.#open = undefined;
    await file?.close();
  }

  /** @returns false where nothing is left for now */
  async #readOn(): Promise<boolean> {
    const [segment, after] = this.#current();
    if (segment === undefined || this.#offset >= segment.bytes) {
      // A file that is deleted takes room for as long as somebody has it open.
      await this.close();
      return false;
    }
    let found: Found;
    try {
      found = await readSegment(await this.#fileOf(segment), this.#offset, segment.bytes);
    } catch (error) {
      // Given up or acknowledged meanwhile: the next one is looked for.
      if (!this.#queue.segments.includes(segment)) return true;
      throw unreadable(segment.path, error);
    }
    this.#offset = found.next;
    this.#ready = [];
    this.#taken = 0;
    // What a failed write left behind its end has the numbers of the next segment.
    const end = after?.first ?? Number.POSITIVE_INFINITY;
    for (const message of found.messages) {
      if (message.number < this.#number || message.number >= end) continue;
      this.#queue.missed(this.#number, message.number);
      this.#number = message.number + 1;
      this.#ready.push(message);
    }
    return true;
  }

  /** The segment to read on in, the next one where this is at its end or was dropped; and the one after it. */
  #current(): readonly [Segment | undefined, Segment | undefined] {
    const { segments } = this.#queue;
    for (;;) {
      const at = this.#segment ? segments.indexOf(this.#segment) : -1;
      if (at === -1) {
        const holding = segments.findLastIndex(({ first }) => first <= this.#number);
        const segment = segments[Math.max(0, holding)];
        if (segment === undefined) return [undefined, undefined];
        this.#enter(segment);
        continue;
      }
      const [segment, after] = [segments[at] as Segment, segments[at + 1]];
      if (after === undefined || this.#offset < segment.bytes) return [segment, after];
      this.#queue.missed(this.#number, after.first);
      this.#enter(after);
    }
  }

  #enter(segment: Segment): void {
    this.#segment = segment;
    this.#offset = 0;
    this.#number = Math.max(this.#number, segment.first);
  }

  async #fileOf(segment: Segment): Promise<FileHandle> {
    if (this.#open?.segment === segment) return this.#open.file;
    await this.close();
    const file = await open(segment.path, "r");
    this.#open = { segment, file };
    return file;
  }
}
