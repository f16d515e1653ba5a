import type { Session } from "#capabilities/uplink.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { arrival, type UplinkRun } from "./uplinkRun.ts";

/** What a broker is to keep for clients: each tried once, and nothing of it left behind. */

const withinMs = 5000;
const cleaningMs = 3000;

/** A client vanishes: its will must come. Throws uplink.willDenied. */
export async function tryWill(run: UplinkRun, subscriber: Session): Promise<Phrase> {
  const topic = run.topic("will");
  const denied = (error?: unknown) => new FaultError({ code: "uplink.willDenied", topic }, error);
  await subscriber.subscribe(topic, 1, run.signal);
  const place = await run.place("will", { will: { topic, payload: text("gone") } });
  const session = await run.open(place).catch((error: unknown) => {
    // Without a will the same client is let in; some brokers name another reason here than the will.
    throw hasFault(error, "uplink.connectRefused") ? denied(error) : error;
  });
  const startedAt = run.world.clock.monotonic();
  const told = arrival(run, subscriber, (message) => message.topic === topic, withinMs);
  session.abandon();
  if ((await told) === undefined) throw denied();
  return phrase("found.willSeen", { ms: Math.round(run.world.clock.monotonic() - startedAt) });
}

/** A retained message must reach who subscribes later; then it is cleared. Throws uplink.notRetained. */
export async function tryRetained(run: UplinkRun): Promise<Phrase> {
  const publisher = await run.open(await run.place("retain"));
  if (!publisher.limits.retains) return phrase("found.retainsNothing");
  const topic = run.topic("retained");
  try {
    await publisher.publish(topic, text("kept"), 1, true, run.signal).catch((error: unknown) => {
      // A broker of MQTT 3.1.1 that retains nothing can only cut the connection.
      throw hasFault(error, "uplink.closed")
        ? new FaultError({ code: "uplink.notRetained", topic }, error)
        : error;
    });
    const later = await run.open(await run.place("later"));
    const handed = arrival(run, later, (one) => one.topic === topic && one.retain, withinMs);
    handed.catch(() => undefined);
    await later.subscribe(topic, 1, run.signal);
    if ((await handed) === undefined) throw new FaultError({ code: "uplink.notRetained", topic });
  } finally {
    await cleaning(run, async (signal) => {
      // An empty retained message clears the topic (MQTT 3.1.1, 3.3.1.3). The publisher may be gone by now.
      const cleaner = await run.world.brokers.connect(await run.place("clean"), signal);
      await cleaner.publish(topic, new Uint8Array(), 1, true, signal);
      await cleaner.close();
    });
  }
  return phrase("found.retained");
}

/** A client goes and comes again: its message must be waiting. Throws uplink.sessionNotKept. */
export async function trySession(run: UplinkRun, publisher: Session): Promise<Phrase> {
  const topic = run.topic("session");
  const clean = await run.place("kept");
  const place = { ...clean, keepSessionSeconds: 60 };
  try {
    const first = await run.open(place);
    await first.subscribe(topic, 1, run.signal);
    await first.close();
    await publisher.publish(topic, text("meanwhile"), 1, false, run.signal);
    const again = await run.open(place);
    const waiting = await arrival(run, again, (message) => message.topic === topic, withinMs);
    await again.close();
    if (!again.resumed || waiting === undefined)
      throw new FaultError({ code: "uplink.sessionNotKept", host: place.host });
  } finally {
    // A clean session of the same name ends the one that is kept (3.1.2.4).
    await cleaning(run, async (signal) => (await run.world.brokers.connect(clean, signal)).close());
  }
  return phrase("found.sessionKept");
}

/** Long enough to tell it from a broker's own rounds, short enough to wait for. */
const muteKeepAliveSeconds = 2;

/** mosquitto looks for silent clients every few seconds only. */
const givenUpWithinMs = 14_000;

/** Begins to see how long a client may be silent: a broker gives it up after one and a half times its keep-alive. */
export function watchSilence(run: UplinkRun): () => Promise<Phrase> {
  const { clock } = run.world;
  const afterMs = givenUpWithinMs;
  const watched = (async () => {
    const place = await run.place("mute", { keepAliveSeconds: muteKeepAliveSeconds, mute: true });
    const session = await run.open(place);
    const startedAt = clock.monotonic();
    const own = session.limits.keepAliveSeconds;
    if (own !== null) return phrase("found.keepAliveSet", { seconds: own });
    try {
      await arrival(run, session, () => false, afterMs);
    } catch (error) {
      run.signal.throwIfAborted();
      if (!hasFault(error, "uplink.closed")) throw error;
      const ms = Math.round(clock.monotonic() - startedAt);
      return phrase("found.keepAliveKept", { seconds: muteKeepAliveSeconds, ms });
    }
    throw new FaultError({ code: "uplink.keepAliveIgnored", seconds: muteKeepAliveSeconds, afterMs });
  })();
  // Looked at later; until then it is nobody's error.
  watched.catch(() => undefined);
  return () => watched;
}

/** Runs also when the check was cancelled, but not for long, and not to the harm of what it found. */
async function cleaning(run: UplinkRun, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const ended = new AbortController();
  const stop = run.world.clock.after(cleaningMs, () => ended.abort(new Error("cleaning took too long")));
  await work(ended.signal).catch(() => undefined);
  stop();
}

function text(word: string): Uint8Array {
  return new TextEncoder().encode(`lastmile ${word}`);
}
