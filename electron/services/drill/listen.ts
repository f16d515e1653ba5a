import type { BrokerPlace, Session } from "#capabilities/uplink.ts";
import { messageReader } from "#domain/drill/message.ts";
import type { Arrival, DrillGroup } from "#domain/drill/model.ts";
import { FaultError } from "#domain/fault.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { brokerPlace, groupTopics } from "../siteBroker.ts";
import type { WireLog } from "../wireLog.ts";
import type { World } from "../world.ts";

/** The far end of a drill: what the broker gives a subscriber of its own. */
export interface Listening {
  /** in the order in which they came */
  readonly arrivals: readonly Arrival[];
  /** how often our own session broke: what was published at QoS 0 meanwhile nobody kept for us */
  readonly breaks: number;
  /** forgets what came so far */
  clear(): void;
  close(): Promise<void>;
}

const tryAgainMs = 1000;
/** Our own link may be cut with the publisher's: the broker then keeps for us what it can. */
const keepSessionSeconds = 7200;

/** The groups that the site's gateway publishes, as a drill watches them. */
export function drillGroups(site: Site): readonly DrillGroup[] {
  return site.groups.flatMap(({ line: id, name, intervalMs }) => {
    const line = site.lines.find((one) => one.id === id);
    const tags = site.tags
      .filter((tag) => tag.line === id && tag.group === name)
      .filter((tag) => tag.access.includes("read") || tag.access.includes("subscribe"));
    if (line === undefined || tags.length === 0) return [];
    return [
      {
        key: `${line.name}/${name}`,
        intervalMs,
        tags: tags.map((tag) => ({
          key: tagKey(tag),
          name: tag.name,
          onChange: tag.access.includes("subscribe"),
        })),
      },
    ];
  });
}

/** Subscribes to every group's topic and stays subscribed, whatever becomes of the link, until closed. */
export async function listenTo(
  world: World,
  site: Site,
  wire: WireLog,
  signal: AbortSignal,
): Promise<Listening> {
  const place: BrokerPlace = { ...(await brokerPlace(world, site, "drill")), keepSessionSeconds };
  const read = messageReader(site.uplink?.format ?? "values");
  const topics = [...new Set(groupTopics(site).map(({ topic }) => topic))];
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  let arrivals: Arrival[] = [];
  let breaks = 0;
  let session: Session;

  async function open(): Promise<Session> {
    const opened = await world.brokers.connect(place, until);
    opened.onMessage((message) => {
      wire.message("received", message);
      const found = message.retain ? undefined : read(message.payload);
      if (found) arrivals.push({ ...found, at: message.at });
    });
    for (const topic of topics) await opened.subscribe(topic, 1, until);
    opened.onClose(() => void reopen().catch(() => undefined));
    return opened;
  }

  async function reopen(): Promise<void> {
    if (until.aborted) return;
    breaks++;
    for (;;) {
      await world.clock.sleep(tryAgainMs, until);
      try {
        session = await open();
        return;
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
      }
    }
  }

  session = await open();
  return {
    get arrivals() {
      return arrivals;
    },
    get breaks() {
      return breaks;
    },
    clear() {
      arrivals = [];
    },
    async close() {
      stop.abort(new Error("drill over"));
      await session.close().catch(() => undefined);
      // A session that the broker keeps would gather messages for nobody. Not worth waiting for a broker that is away.
      const { keepSessionSeconds: _, ...clean } = place;
      const patience = new AbortController();
      const enough = world.clock.after(cleanWithinMs, () => patience.abort(new Error("too slow")));
      await world.brokers
        .connect(clean, patience.signal)
        .then((cleaner) => cleaner.close())
        .catch(() => undefined);
      enough();
    },
  };
}

const cleanWithinMs = 3000;
