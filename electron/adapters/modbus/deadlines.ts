/**
 * One timer for many deadlines on the monotonic clock: it is set for the earliest and not touched when one is met,
 * so that a request that is answered in time costs nothing here.
 */
export class Deadlines {
  readonly #look: (now: number) => number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #setFor = Number.POSITIVE_INFINITY;

  /** @param look is called at a deadline or a little later; returns when it wants to look next, if ever */
  constructor(look: (now: number) => number | undefined) {
    this.#look = look;
  }

  /** looks at `atMs` (monotonic) at the latest */
  by(atMs: number): void {
    if (atMs >= this.#setFor) return;
    this.#setFor = atMs;
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = setTimeout(
      // After a stall the deadline is noticed before the bytes that came in time: one turn lets them in first.
      () => {
        this.#turn = setImmediate(() => this.#due());
      },
      Math.max(0, Math.ceil(atMs - performance.now())),
    );
  }

  close(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#setFor = Number.NEGATIVE_INFINITY;
  }

  #due(): void {
    this.#setFor = Number.POSITIVE_INFINITY;
    const next = this.#look(performance.now());
    if (next !== undefined) this.by(next);
  }
}
