const numbers = 0x10000;
const mostLate = 0x4000;

/**
 * The transaction numbers of one connection: 16 bits, each the next after the last, but for those of requests that
 * are unanswered or whose answer may still come late.
 */
export class Transactions {
  readonly #late = new Set<number>();
  #last = 0;

  /** @param outstanding those unanswered now */
  next(outstanding: { has(number: number): boolean }): number {
    do this.#last = (this.#last + 1) % numbers;
    while (outstanding.has(this.#last) || this.#late.has(this.#last));
    return this.#last;
  }

  /** nobody waits for the answer to this one any more, and it may still come */
  giveUp(number: number): void {
    this.#late.add(number);
    // A unit that never answers would use up all numbers; the oldest has been waited for through many requests.
    if (this.#late.size > mostLate) for (const oldest of this.#late) return void this.#late.delete(oldest);
  }

  /** @returns whether this number's answer was still to come; from now on it is not */
  came(number: number): boolean {
    return this.#late.delete(number);
  }
}
