/** At most so many acknowledged messages under way; the others wait their turn. */
export class SendWindow {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(size: number) {
    this.#free = size;
  }

  /** Calls `begin` when there is room, at once where there is. @returns takes back what has not begun */
  enter(begin: () => void): () => void {
    if (this.#free > 0) {
      this.#free--;
      begin();
      return nothing;
    }
    this.#waiting.add(begin);
    return () => this.#waiting.delete(begin);
  }

  leave(): void {
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      next();
      return;
    }
    this.#free++;
  }
}

const nothing = () => undefined;
