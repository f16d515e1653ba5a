import type { Session } from "#capabilities/uplink.ts";
import { FaultError } from "#domain/fault.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import type { Site } from "#domain/site/site.ts";
import { brokerPlace, groupTopics } from "./siteBroker.ts";
import type { World } from "./world.ts";

/** A gateway has this long to reach its broker and to publish there. */
const seenWithinMs = 30_000;

/**
 * Listens at the site's broker until one of its groups is published: proof from the far end that the gateway's
 * uplink works.
 *
 * @param gatewayUrl a broker at "localhost" is the gateway's own, and not to be looked for on this computer
 * @returns the topic; undefined where nothing can be said from here: the broker is out of this computer's reach, or
 *   every group waits longer than a look takes
 * @throws FaultError gateway.unhealthy notPublished
 */
export async function seePublished(
  world: World,
  site: Site,
  gatewayUrl: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const topics = spokenTopics(site);
  const host = site.uplink?.host ?? "";
  if (topics.length === 0 || (isLoopback(host) && !isLoopback(new URL(gatewayUrl).hostname)))
    return undefined;
  let session: Session | undefined;
  try {
    session = await world.brokers.connect(await brokerPlace(world, site, "publish"), signal);
    for (const topic of topics) await session.subscribe(topic, 0, signal);
  } catch (error) {
    await session?.close();
    signal.throwIfAborted();
    if (error instanceof FaultError) return undefined;
    throw error;
  }
  try {
    const heard = await firstOf(world, session, new Set(topics), signal);
    if (heard === "closed") return undefined;
    if (heard !== "silent") return heard.topic;
  } finally {
    await session.close();
  }
  const node = uplinkNodeOf(site);
  throw new FaultError({ code: "gateway.unhealthy", url: gatewayUrl, node, reason: "notPublished" });
}

/** Topics of groups that speak within the time of a look: others are silent until something changes. */
function spokenTopics(site: Site): readonly string[] {
  const isSilent = (line: string, group: string) =>
    site.kept?.subscriptions.some((one) => one.line === line && one.group === group && one.as === null);
  const ids = new Map(site.lines.map(({ id, name }) => [name, id]));
  return groupTopics(site)
    .filter(({ line: name, group, intervalMs }) => {
      const line = ids.get(name) ?? name;
      const tags = site.tags.filter((tag) => tag.line === line && tag.group === group);
      const speaks = tags.some(({ access }) => access.includes("read") && !access.includes("subscribe"));
      return speaks && intervalMs * 3 <= seenWithinMs && !isSilent(line, group);
    })
    .map(({ topic }) => topic);
}

/** The topic of the first fresh message; or that none came, or that the broker ended the session. */
function firstOf(
  world: World,
  session: Session,
  topics: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{ readonly topic: string } | "silent" | "closed"> {
  return new Promise((resolve, reject) => {
    const undo: (() => void)[] = [];
    const settle = (end: () => void) => {
      signal.removeEventListener("abort", onAbort);
      for (const step of undo) step();
      end();
    };
    const onAbort = () => settle(() => reject(signal.reason));
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    const stop = new AbortController();
    undo.push(() => stop.abort(new Error("heard")));
    world.clock.sleep(seenWithinMs, stop.signal).then(
      () => settle(() => resolve("silent")),
      () => undefined,
    );
    undo.push(session.onClose(() => settle(() => resolve("closed"))));
    undo.push(
      session.onMessage(({ topic, retain }) => {
        // What the broker kept was published at some time, perhaps by another gateway.
        if (!retain && topics.has(topic)) settle(() => resolve({ topic }));
      }),
    );
  });
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i.test(host.trim());
}
