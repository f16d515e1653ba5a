import type { BrokerPlace } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import type { World } from "../world.ts";

/** What one probe of a path needs. Times in ms as they pass here. */
export interface PathProbe {
  readonly world: World;
  /** of a session whose name is its own */
  place(): Promise<BrokerPlace>;
  /** the path's ms are so many times as long */
  readonly factor: number;
  readonly answerWithinMs: number;
}

/**
 * Tries how long a session may be silent on a path: one session each, all at once, each asked after its own silence.
 *
 * @param seconds silences in the path's own time
 * @param onFound told as each one ends
 * @throws FaultError of the connection, where not even that was to be had
 */
export async function trySilences(
  probe: PathProbe,
  seconds: readonly number[],
  onFound: (seconds: number, isAlive: boolean) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, boolean>> {
  const found = new Map<number, boolean>();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const tries = seconds.map(async (silence) => {
    const isAlive = await survives(probe, [(silence * 1000) / probe.factor], until);
    found.set(silence, isAlive);
    onFound(silence, isAlive);
  });
  try {
    await Promise.all(tries);
  } finally {
    ended.abort(new Error("search over"));
    await Promise.allSettled(tries);
  }
  return found;
}

/**
 * Keeps one session over silences of these lengths.
 *
 * @returns false where it ended, or where a ping after one of them was not answered in time
 */
export async function survives(
  probe: PathProbe,
  silencesMs: readonly number[],
  signal: AbortSignal,
): Promise<boolean> {
  const { world } = probe;
  // A signal of its own: many wait at once, and each would listen to the one that all share.
  const own = AbortSignal.any([signal]);
  const session = await world.brokers.connect(await probe.place(), own);
  try {
    for (const silenceMs of silencesMs) {
      await world.clock.sleep(silenceMs, own);
      if (!(await answers(world, session.ping.bind(session), probe.answerWithinMs, own))) return false;
    }
    return true;
  } finally {
    // A goodbye would wait for an answer that a forgotten flow never gives.
    session.abandon();
  }
}

async function answers(
  world: World,
  ping: (signal: AbortSignal) => Promise<number>,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const patience = new AbortController();
  const enough = world.clock.after(withinMs, () => patience.abort(new Error("no answer")));
  try {
    await ping(AbortSignal.any([signal, patience.signal]));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (!patience.signal.aborted && !(error instanceof FaultError)) throw error;
    return false;
  } finally {
    enough();
  }
}
