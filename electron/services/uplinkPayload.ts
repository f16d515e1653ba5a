import { FaultError } from "#domain/fault.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import { largestMessageBytes } from "#domain/uplink/checkTopics.ts";
import { sendAndHear, type UplinkRun } from "./uplinkRun.ts";

const smallestTry = 16_384;
/** More would cost money on a metered link and tell a field engineer nothing. */
const largestTry = 262_144;
/** Room for growth: a site gets more tags. */
const headroom = 4;
/** A size that the site needs is given this long; a larger one in proportion to what the smaller one took. */
const withinMs = 5000;
const leastWaitMs = 1500;
const patience = 6;
/** Topic, header and properties around a payload. */
const overheadBytes = 512;
const smallest = 256;

/**
 * The largest message that arrives: what this site makes, and from there upwards with room for growth.
 *
 * @throws FaultError uplink.payloadTooLarge when what the site makes does not arrive
 */
export async function tryPayload(run: UplinkRun): Promise<Phrase> {
  const needed = Math.max(smallest, largestMessageBytes(run.site));
  const wanted = Math.min(largestTry, Math.max(smallestTry, needed * headroom));
  const announced = (await run.open(await run.place("size"))).limits.largestPacket;
  const most = announced === null ? wanted : Math.min(wanted, announced - overheadBytes);
  let tookMs = needed <= most ? await arrives(run, needed, withinMs) : undefined;
  if (tookMs === undefined) {
    for (let size = Math.floor(Math.min(needed, most) / 2); size >= smallest; size = Math.floor(size / 2))
      if ((await arrives(run, size, withinMs)) !== undefined) throw tooLarge(needed, size);
    throw tooLarge(needed, 0);
  }
  let bytes = needed;
  while (bytes < most) {
    const next = Math.min(most, bytes * 2);
    tookMs = await arrives(run, next, Math.max(leastWaitMs, (patience * tookMs * next) / bytes));
    if (tookMs === undefined) break;
    bytes = next;
  }
  return phrase("found.payload", { bytes, needed, ...(announced !== null && { limit: announced }) });
}

function tooLarge(bytes: number, limit: number): FaultError {
  return new FaultError({ code: "uplink.payloadTooLarge", bytes, limit });
}

/** ms until it came. A broker drops what is too large, cuts the connection or says so: each has its own sessions. */
async function arrives(run: UplinkRun, bytes: number, limitMs: number): Promise<number | undefined> {
  const topic = run.topic("size");
  const to = await run.open(await run.place("large"));
  const from = await run.open(await run.place("larger"));
  try {
    await to.subscribe(topic, 1, run.signal);
    const payload = new Uint8Array(bytes).fill("#".charCodeAt(0));
    const startedAt = run.world.clock.monotonic();
    const heard = await sendAndHear(run, { from, to, topic }, { payload, qos: 1 }, limitMs);
    return heard && run.world.clock.monotonic() - startedAt;
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof FaultError) return undefined;
    throw error;
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}
