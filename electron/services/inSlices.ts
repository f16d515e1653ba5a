import type { Clock } from "#capabilities/clock.ts";
import type { Sliced } from "#domain/tables/sheet.ts";

/** A poll's answer or a click waits no longer than this for a table that is being read. */
const longestSliceMs = 4;

/** Runs sliced work to its end and lets everything else come between. */
export async function inSlices<T>(work: Sliced<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (;;) {
    const until = clock.monotonic() + longestSliceMs;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (clock.monotonic() < until);
    await clock.sleep(0, signal);
  }
}
