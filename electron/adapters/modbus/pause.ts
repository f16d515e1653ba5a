const spinMs = 1.5;

/**
 * Waits on the monotonic clock, never short of the moment asked for, unless woken.
 *
 * node's timers are whole milliseconds and fire up to one late: too coarse for a silent interval of 1.75 ms. So a
 * timer takes the bulk and the event loop is turned for the rest.
 */
export class Pause {
  #end: (() => void) | undefined;

  /** resolves at `atMs` (monotonic), on `wake`, or when the signal aborts: the caller looks which it was */
  until(atMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      let turn: NodeJS.Immediate | undefined;
      const end = () => {
        clearTimeout(timer);
        clearImmediate(turn);
        signal?.removeEventListener("abort", end);
        if (this.#end === end) this.#end = undefined;
        resolve();
      };
      const look = () => {
        const left = atMs - performance.now();
        // After a stall the deadline is noticed before the bytes that came in time: one turn more lets them in first.
        if (signal?.aborted) end();
        else if (left > spinMs) timer = setTimeout(look, Math.floor(left - 1));
        else turn = setImmediate(left > 0 ? look : end);
      };
      this.#end = end;
      signal?.addEventListener("abort", end, { once: true });
      look();
    });
  }

  wake(): void {
    this.#end?.();
  }
}
