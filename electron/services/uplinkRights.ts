import type { Session } from "#capabilities/uplink.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { emptyMessage } from "#domain/uplink/checkTopics.ts";
import type { GroupTopic } from "./siteBroker.ts";
import { closedFault, sendAndHear, type UplinkRun } from "./uplinkRun.ts";

/** A message that was let through is there long before this, even over a satellite. */
const arrivesWithinMs = 10_000;
/** After the first one the link is known. */
const leastWaitMs = 2000;
const waitFactor = 10;

/**
 * Proves for each topic that what is published there arrives at a second client, with messages that hold no values.
 *
 * @throws FaultError uplink.publishDenied, uplink.subscribeDenied, uplink.publishNotSeen, uplink.closed
 */
export async function provePublishing(
  run: UplinkRun,
  publisher: Session,
  subscriber: Session,
  topics: readonly GroupTopic[],
): Promise<void> {
  const { world, site, signal, wire } = run;
  let limitMs = arrivesWithinMs;
  let subscriberAlive = true;
  const forget = subscriber.onClose(() => {
    subscriberAlive = false;
  });
  try {
    for (const group of topics) {
      const { topic } = group;
      const now = world.clock.now();
      const text = emptyMessage(site.uplink?.format ?? "values", group, now, world.crypto.randomId());
      const payload = new TextEncoder().encode(text);
      const startedAt = world.clock.monotonic();
      wire.message("sent", { topic, payload, at: now });
      try {
        const way = { from: publisher, to: subscriber, topic };
        const message = await sendAndHear(run, way, { payload, qos: 1 }, limitMs);
        if (message === undefined) throw await whyUnheard(run, topic, payload, limitMs);
        wire.message("received", message);
      } catch (error) {
        signal.throwIfAborted();
        // MQTT 3.1.1 leaves a broker two ways to deny a message: to drop it, and to cut the connection.
        const cut = hasFault(error, "uplink.closed") && error.fault.cause === undefined && subscriberAlive;
        throw cut && (await isCutAgain(run, topic, payload))
          ? new FaultError({ code: "uplink.publishDenied", topic, reason: 0 }, error)
          : error;
      }
      limitMs = Math.min(limitMs, Math.max(leastWaitMs, waitFactor * (world.clock.monotonic() - startedAt)));
    }
  } finally {
    forget();
  }
}

/** Whether the same message ends another session too. */
async function isCutAgain(run: UplinkRun, topic: string, payload: Uint8Array): Promise<boolean> {
  try {
    const again = await run.open(await run.place("probe"));
    await again.ping(run.signal);
    await again.publish(topic, payload, 1, false, run.signal);
    return false;
  } catch (error) {
    run.signal.throwIfAborted();
    return hasFault(error, "uplink.closed");
  }
}

/**
 * A message that was taken and never came: asked over MQTT 5, the broker says whether it lets us publish. Where it
 * does, it is the reading that it denies.
 */
async function whyUnheard(
  run: UplinkRun,
  topic: string,
  payload: Uint8Array,
  afterMs: number,
): Promise<FaultError> {
  const unheard = new FaultError({ code: "uplink.publishNotSeen", topic, afterMs });
  try {
    const session = await run.open(await run.place("ask", { version: "5" }));
    await session.publish(topic, payload, 1, false, run.signal);
    return new FaultError({ code: "uplink.subscribeDenied", topic }, unheard);
  } catch (error) {
    run.signal.throwIfAborted();
    return hasFault(error, "uplink.publishDenied") ? error : unheard;
  }
}

/** A session for publishing; the other one must survive it. */
export async function openPublisher(run: UplinkRun, subscriber: Session): Promise<Session> {
  const publisher = await run.open(await run.place("probe"));
  // Whoever was pushed out by its arrival hears so before its own ping is answered.
  await subscriber.ping(run.signal).catch((error: unknown) => {
    run.signal.throwIfAborted();
    throw error instanceof FaultError ? error : closedFault(run);
  });
  return publisher;
}
