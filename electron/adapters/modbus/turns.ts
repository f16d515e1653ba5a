/** One piece of work at a time, in the order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** @throws the signal's reason when the caller gave up before or during its turn; a turn once begun runs out */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#last;
    const turn = (async () => {
      await before;
      signal.throwIfAborted();
      const done = await work();
      signal.throwIfAborted();
      return done;
    })();
    // The next in line waits for the end of this turn, whatever became of it.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
