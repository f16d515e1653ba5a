import type { Clock } from "#capabilities/clock.ts";

/** Asks one after another at a bounded rate, without waiting for answers in between; resolves when all have answered. */
export async function atRate<T>(
  all: readonly T[],
  perSecond: number,
  ask: (one: T) => Promise<void>,
  clock: Pick<Clock, "monotonic" | "sleep">,
  signal: AbortSignal,
): Promise<void> {
  const started = clock.monotonic();
  const asking: Promise<void>[] = [];
  try {
    for (const [index, one] of all.entries()) {
      const dueMs = started + (index * 1000) / perSecond - clock.monotonic();
      if (dueMs > 0) await clock.sleep(dueMs, signal);
      signal.throwIfAborted();
      const asked = ask(one);
      // Awaited together below; until then a cancelled one must not count as unhandled.
      asked.catch(() => undefined);
      asking.push(asked);
    }
  } finally {
    await Promise.allSettled(asking);
  }
  await Promise.all(asking);
}
