// A USB adapter hands over what it gathered in up to 16 ms, so a shorter gap says nothing about the line.
const burstGapMs = 20;
const longestBurst = 4096;

/**
 * Bytes that came in and were not made sense of yet.
 *
 * While nobody waits for a reply, what came is given to `onBurst` at each pause of the line. `gapMs` is the silence
 * before the burst.
 */
export class RtuInput {
  readonly #onBurst: (bytes: Uint8Array, gapMs: number) => void;
  #bytes = new Uint8Array(0);
  #gapMs = 0;
  #held = false;
  #timer: NodeJS.Timeout | undefined;
  /** bytes since the line was opened */
  total = 0;
  /** monotonic; also moved by our own sending */
  lastByteAt = performance.now();

  constructor(onBurst: (bytes: Uint8Array, gapMs: number) => void) {
    this.#onBurst = onBurst;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get isFlowing(): boolean {
    return this.#bytes.length > 0 && performance.now() < this.pauseAt;
  }

  /** when the line counts as paused unless more comes, monotonic */
  get pauseAt(): number {
    return this.lastByteAt + burstGapMs;
  }

  take(chunk: Uint8Array, atMs: number): void {
    if (this.#bytes.length === 0) this.#gapMs = Math.max(0, atMs - this.lastByteAt);
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#bytes = joined;
    this.total += chunk.length;
    this.lastByteAt = atMs;
    // A line that never pauses (a wrong baud rate on a busy one) must not gather bytes for ever.
    if (!this.#held && joined.length >= longestBurst) this.settle();
    else if (!this.#held) this.#awaitPause();
  }

  /** keeps bytes for a waiting exchange */
  hold(): void {
    this.settle();
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.#bytes.length > 0) this.#awaitPause();
  }

  /** removes and gives the first `length` bytes */
  consume(length: number): Uint8Array {
    const taken = this.#bytes.slice(0, length);
    this.#bytes = this.#bytes.slice(length);
    return taken;
  }

  /** ends the burst now */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#bytes.length > 0) this.#onBurst(this.consume(this.#bytes.length), this.#gapMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#held = true;
  }

  #awaitPause(): void {
    if (this.#timer !== undefined) return;
    const look = () => {
      this.#timer = undefined;
      const left = this.pauseAt - performance.now();
      if (this.#held) return;
      if (left > 0) this.#timer = setTimeout(look, Math.ceil(left));
      else this.settle();
    };
    this.#timer = setTimeout(look, burstGapMs);
  }
}
