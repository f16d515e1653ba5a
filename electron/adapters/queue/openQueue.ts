import { systemClock } from "#adapters/clock.ts";
import type {
  QueueBounds,
  QueueCounts,
  QueuedMessage,
  QueueMessage,
  QueueOpened,
  QueueReader,
  SampleQueue,
} from "#capabilities/sampleQueue.ts";
import type { FaultError } from "#domain/fault.ts";
import type { CursorFile } from "./cursorFile.ts";
import type { NumberRanges } from "./numberRanges.ts";
import { type ReadableQueue, SegmentReader } from "./queueReader.ts";
import { recordBytes, writeRecord } from "./record.ts";
import type { Segment } from "./segment.ts";
import { SegmentWriter } from "./segmentWriter.ts";

/** Messages that come within so long of a sync share the next one: a hundred syncs a second at most. */
const gatherMs = 10;
/** Acknowledgements are written so late at most, and outlast a power cut after the second. */
const cursorMs = 10;
const syncMs = 1000;
const largestSegment = 4 * 1024 * 1024;
const smallestSegment = 16 * 1024;
/** A full queue gives up one part of so many at a time. */
const parts = 8;

interface Waiting {
  readonly message: QueueMessage;
  readonly bytes: number;
  readonly resolve: (number: number | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export class OpenQueue implements SampleQueue, ReadableQueue {
  readonly opened: QueueOpened;
  readonly segments: Segment[];
  next: number;
  readonly #bounds: QueueBounds;
  readonly #cursor: CursorFile;
  readonly #done: NumberRanges;
  readonly #dropped: { full: number; old: number; damaged: number };
  readonly #release: () => Promise<void>;
  readonly #writer: SegmentWriter;
  readonly #segmentBytes: number;
  readonly #head: QueueReader;
  #oldest: QueuedMessage | undefined;
  #bytes: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #syncedAt = Number.NEGATIVE_INFINITY;
  #isDirty = false;
  #cursorSyncedAt = systemClock.monotonic();
  #saving: Promise<void> = Promise.resolve();
  #stopSaving: (() => void) | undefined;
  #looking: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(
    folder: string,
    bounds: QueueBounds,
    cursor: CursorFile,
    state: {
      readonly segments: Segment[];
      readonly done: NumberRanges;
      readonly dropped: { full: number; old: number; damaged: number };
      readonly next: number;
    },
    opened: QueueOpened,
    release: () => Promise<void>,
  ) {
    this.opened = opened;
    this.segments = state.segments;
    this.next = state.next;
    this.#done = state.done;
    this.#dropped = state.dropped;
    this.#bounds = bounds;
    this.#cursor = cursor;
    this.#release = release;
    this.#bytes = state.segments.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#segmentBytes = Math.max(
      smallestSegment,
      Math.min(largestSegment, Math.floor(bounds.maxBytes / parts)),
    );
    this.#writer = new SegmentWriter(folder, this.segments);
    this.#head = this.reader("first");
  }

  counts(): QueueCounts {
    const queued = this.next - 1 - this.#done.count;
    return { queued, bytes: this.#bytes, dropped: { ...this.#dropped } };
  }

  append(message: QueueMessage): Promise<number | undefined> {
    if (this.#isClosed) return Promise.reject(new Error("append to a closed queue"));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, bytes: recordBytes(message), resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  reader(from: "first" | "fresh"): QueueReader {
    if (from === "first") return new SegmentReader(this, this.#done.firstOutside(1));
    const segment = this.segments.at(-1);
    return new SegmentReader(this, this.next, segment && { segment, offset: segment.bytes });
  }

  acknowledge(number: number): void {
    if (this.#done.add(number) > 0) this.#changed();
  }

  isDone(number: number): boolean {
    return this.#done.has(number);
  }

  missed(start: number, end: number): void {
    const count = this.#done.add(start, end);
    this.#dropped.damaged += count;
    if (count > 0) this.#changed();
  }

  oldestAt(): Promise<number | undefined> {
    return this.#inTurn(async () => (await this.#lookAtOldest())?.at);
  }

  expire(now: number): Promise<void> {
    return this.#inTurn(async () => {
      for (;;) {
        const oldest = await this.#lookAtOldest();
        if (oldest === undefined || oldest.at >= now - this.#bounds.maxAgeMs) return;
        this.#dropped.old += this.#done.add(oldest.number);
        this.#changed();
      }
    });
  }

  save(): Promise<void> {
    return this.#saveCursor(true);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writing;
    this.#stopSaving?.();
    try {
      await this.#saveCursor(true);
    } finally {
      await this.#looking.catch(() => undefined);
      await this.#head.close();
      await this.#writer.close();
      await this.#cursor.close();
      await this.#release();
    }
  }

  /** Messages that came while others were being written share the next write and sync. */
  async #writeAll(): Promise<void> {
    // Callers of the same turn of the event loop go into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const pauseMs = this.#syncedAt + gatherMs - systemClock.monotonic();
      if (pauseMs > 0) await systemClock.sleep(pauseMs);
      await this.#writeSome();
      this.#syncedAt = systemClock.monotonic();
    }
    this.#writing = undefined;
  }

  /** Writes all that waits, a segment's worth at a time. */
  async #writeSome(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < all.length; ) {
      const batch: Waiting[] = [];
      let bytes = 0;
      while (from < all.length && (bytes === 0 || bytes < this.#segmentBytes)) {
        const one = all[from++] as Waiting;
        if (!this.#hasRoom(bytes + one.bytes, one.bytes)) {
          this.#dropped.full++;
          this.#changed();
          one.resolve(undefined);
          continue;
        }
        batch.push(one);
        bytes += one.bytes;
      }
      if (batch.length === 0) continue;
      try {
        await this.#makeRoom(bytes);
        await this.#writeBatch(batch, bytes);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async #writeBatch(batch: readonly Waiting[], bytes: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(bytes);
    let end = 0;
    for (const [index, { message }] of batch.entries())
      end = writeRecord(buffer, end, this.next + index, message);
    const segment = await this.#writer.write(buffer, this.next, this.#segmentBytes);
    // All three at once, so that a reader which begins here finds them fit together.
    segment.bytes += bytes;
    this.#bytes += bytes;
    const first = this.next;
    this.next += batch.length;
    for (const [index, { resolve }] of batch.entries()) resolve(first + index);
  }

  #hasRoom(batchBytes: number, ownBytes: number): boolean {
    const { givesWay, maxBytes } = this.#bounds;
    return givesWay === "oldest" ? ownBytes <= maxBytes : this.#bytes + batchBytes <= maxBytes;
  }

  async #makeRoom(bytes: number): Promise<void> {
    while (this.#bytes + bytes > this.#bounds.maxBytes && this.segments.length > 0) {
      const [segment] = this.segments as [Segment];
      const { first, end } = this.#extent(0);
      this.#dropped.full += this.#done.add(first, end);
      this.#changed();
      await this.#remove(segment);
    }
  }

  /** The numbers of a segment. */
  #extent(index: number): { readonly first: number; readonly end: number } {
    const first = this.segments[index]?.first ?? this.next;
    return { first, end: this.segments[index + 1]?.first ?? this.next };
  }

  async #remove(segment: Segment): Promise<void> {
    await this.#writer.remove(segment);
    this.#bytes -= segment.bytes;
  }

  #changed(): void {
    this.#isDirty = true;
    if (this.#stopSaving !== undefined || this.#isClosed) return;
    this.#stopSaving = systemClock.after(cursorMs, () => {
      this.#stopSaving = undefined;
      const isDue = systemClock.monotonic() - this.#cursorSyncedAt > syncMs;
      // Who must know that it cannot be written asks by `save`; until then the next change tries again.
      this.#saveCursor(isDue).catch(() => undefined);
    });
  }

  #saveCursor(sync: boolean): Promise<void> {
    this.#saving = this.#saving
      .catch(() => undefined)
      .then(async () => {
        if (this.#isDirty) {
          this.#isDirty = false;
          await this.#cursor
            .write({ done: this.#done.ranges, dropped: this.#dropped })
            .catch((error: FaultError) => {
              this.#isDirty = true;
              throw error;
            });
        }
        if (!sync) return;
        // Only what is surely remembered as acknowledged may go: a gap would look like damage.
        const finished = this.segments.filter((segment, index) => this.#isFinished(segment, index));
        await this.#cursor.sync();
        this.#cursorSyncedAt = systemClock.monotonic();
        for (const segment of finished) if (this.segments.includes(segment)) await this.#remove(segment);
      });
    return this.#saving;
  }

  #isFinished(segment: Segment, index: number): boolean {
    const { first, end } = this.#extent(index);
    return !this.#writer.isOpen(segment) && this.#done.within(first, end) === end - first;
  }

  async #lookAtOldest(): Promise<QueuedMessage | undefined> {
    while (this.#oldest === undefined || this.#done.has(this.#oldest.number)) {
      [this.#oldest] = await this.#head.next(1);
      if (this.#oldest === undefined) return undefined;
    }
    return this.#oldest;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#looking.catch(() => undefined).then(work);
    this.#looking = mine;
    return mine;
  }
}
