import { systemClock } from "#adapters/clock.ts";

export interface Settle<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/**
 * Waits for one of several events, not longer than `limitMs` and not past a cancellation.
 *
 * @param late  the error when the time is over
 * @param start subscribes to the events and returns what to undo when one of them came
 */
export function answered<T>(
  limitMs: number,
  signal: AbortSignal,
  late: () => Error,
  start: (settle: Settle<T>) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let undo: (() => void) | undefined;
    let settled = false;
    const finish = () => {
      settled = true;
      stop();
      signal.removeEventListener("abort", onAbort);
      undo?.();
    };
    const settle: Settle<T> = {
      resolve(value) {
        if (settled) return;
        finish();
        resolve(value);
      },
      reject(error) {
        if (settled) return;
        finish();
        reject(error);
      },
    };
    const onAbort = () => settle.reject(signal.reason);
    const stop = systemClock.after(limitMs, () => settle.reject(late()));
    signal.addEventListener("abort", onAbort, { once: true });
    undo = start(settle);
    if (settled) undo();
  });
}
