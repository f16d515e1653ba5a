/** One message as it is to be published. */
export interface QueueMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** when its values were read: ms since 1970 */
  readonly at: number;
}

export interface QueuedMessage extends QueueMessage {
  /** rises by one a message, over restarts too */
  readonly number: number;
}

export interface QueueBounds {
  /** on the disk, acknowledged messages that lie among others included */
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** which messages give way when the queue is full */
  readonly givesWay: "oldest" | "newest";
}

/** What was given up, since the queue was made. */
export interface QueueDrops {
  /** there was no room for them */
  readonly full: number;
  /** they grew too old */
  readonly old: number;
  /** the disk did not give them back whole */
  readonly damaged: number;
}

export interface QueueCounts {
  /** not acknowledged yet */
  readonly queued: number;
  readonly bytes: number;
  readonly dropped: QueueDrops;
}

/** What opening found. */
export interface QueueOpened {
  /** bytes after the last whole message, cut off: what a power cut tore */
  readonly cutBytes: number;
  /** nobody knows any more what was acknowledged: all that is here is sent again */
  readonly cursorLost: boolean;
}

/** Goes through a queue in order. Only one call at a time. */
export interface QueueReader {
  /**
   * The next messages that nobody acknowledged, `most` at most; none when there are no more for now.
   *
   * @throws FaultError file.unreadable
   */
  next(most: number): Promise<readonly QueuedMessage[]>;
  close(): Promise<void>;
}

/**
 * Messages on the disk until they are acknowledged. Appended ones outlast `kill -9` and a power cut; acknowledgements
 * of the last moment may not, and their messages come again.
 */
export interface SampleQueue {
  readonly opened: QueueOpened;
  /** the number that the next message gets */
  readonly next: number;
  counts(): QueueCounts;
  /**
   * Resolves when the message is on the disk: to its number, or to undefined where it gave way to older ones.
   *
   * @throws FaultError file.unwritable; the message is then not in the queue
   */
  append(message: QueueMessage): Promise<number | undefined>;
  /** messages from the first one on that nobody acknowledged, or `fresh` ones: appended from now on */
  reader(from: "first" | "fresh"): QueueReader;
  acknowledge(number: number): void;
  /** when the oldest message was read; undefined of none */
  oldestAt(): Promise<number | undefined>;
  /** gives up what is older than the bound before `now` */
  expire(now: number): Promise<void>;
  /** resolves when all acknowledgements are on the disk; throws file.unwritable */
  save(): Promise<void>;
  close(): Promise<void>;
}

export interface SampleQueues {
  /**
   * The queue that belongs to a site file; made when there is none.
   *
   * @throws FaultError file.locked while another program has it, file.unreadable, file.unwritable
   */
  open(sitePath: string, bounds: QueueBounds): Promise<SampleQueue>;
}
