import { setTimeout as sleepFor } from "node:timers/promises";
import type { Clock } from "#capabilities/clock.ts";

/** Time and waiting from the machine. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await sleepFor(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // node wraps the reason in an AbortError of its own.
      if (signal?.aborted) throw signal.reason;
      throw error;
    }
  },
  after(ms, call) {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
