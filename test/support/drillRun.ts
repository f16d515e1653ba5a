import { connect, type MqttClient } from "mqtt";
import { linkProxies } from "#adapters/proxy/linkProxy.ts";
import { messageReader } from "#domain/drill/message.ts";
import type { Arrival, DrillFacts, DrillGroup, SentMessage } from "#domain/drill/model.ts";
import { plainShape } from "#domain/link/linkShape.ts";
import { offlineCache } from "#simulator/gateway/app/offlineCache.ts";
import { seeded } from "#simulator/lineNoise.ts";
import { until } from "./until.ts";

/** What one seeded outage is made of. */
export interface DrillChoice {
  readonly seed: number;
  readonly how: "reset" | "silence";
  readonly qos: 0 | 1;
  readonly cacheOn: boolean;
  /** messages */
  readonly cacheSize: number;
  /** the publisher starts anew in the middle of the outage */
  readonly restarts: boolean;
}

export interface DrillRun {
  readonly groups: readonly DrillGroup[];
  readonly arrivals: readonly Arrival[];
  readonly facts: DrillFacts;
  /** every message that was made, by group */
  readonly made: ReadonlyMap<string, readonly number[]>;
  /** what the proxy handed to the broker, in that order */
  readonly passed: readonly { readonly key: string; readonly timestamp: number }[];
}

const keepAliveMs = 90_000;

/**
 * A publisher with the virtual gateway's cache, the real proxy, a real broker and a subscriber. The samples' time is
 * counted and not waited for: each step of a second is over when its message is where it belongs.
 */
export async function runDrill(
  choice: DrillChoice,
  broker: { host: string; port: number },
): Promise<DrillRun> {
  const { seed, how, qos } = choice;
  const chance = (index: number) => seeded(seed, index);
  const groups: DrillGroup[] = [1000, 2000].map((intervalMs, index) => ({
    key: `line${index}/g`,
    intervalMs,
    tags: [{ key: `line${index}/g/a`, name: "a", onChange: false }],
  }));
  const before = 12 + Math.floor(chance(1) * 10);
  const out = 10 + Math.floor(chance(2) * (how === "silence" ? 120 : 40));
  const tail = 20 + Math.floor(chance(3) * 10);
  // TCP's own waits are not what is looked at here.
  const shape = { ...plainShape, again: { leastMs: 1, mostMs: 2, openingMs: 1 } };
  const proxy = await linkProxies().open({ host: "127.0.0.1", to: broker, shape });
  const cache = () =>
    offlineCache<{ topic: string; payload: string }>(
      choice.cacheOn
        ? { "cache-mem-size": (choice.cacheSize * 2000) / 1e6, "cache-disk-size": 0 }
        : { "offline-cache": false },
    );

  const base = 1_700_000_000_000 + seed * 1e6;
  let now = base;
  const read = messageReader("values");
  const arrivals: Arrival[] = [];
  const passed: { key: string; timestamp: number }[] = [];
  const sent = new Map<string, SentMessage>();
  const made = new Map<string, number[]>(groups.map(({ key }) => [key, []]));
  let sentCount = 0;
  let unacknowledged = 0;
  let cutsInTheMiddle = false;
  const { when, happened } = waiting();
  proxy.onPassing(({ stage, packet, way }) => {
    if (packet.kind !== "publish" || way !== "up") return;
    const message = read(packet.payload);
    if (message === undefined) throw new Error("a message that is none");
    const id = `${message.key} ${message.timestamp}`;
    const known = sent.get(id) ?? { ...message, passed: 0 };
    sent.set(id, { ...known, passed: known.passed + (stage === "passed" ? 1 : 0) });
    if (stage === "sent") sentCount++;
    else passed.push(message);
    // The broker has the message; its acknowledgement never comes.
    if (cutsInTheMiddle && stage === "passed") proxy.cut("reset");
    happened();
  });
  const subscriber = connect({ ...broker, protocol: "mqtt", clientId: `s${seed}-${choice.how}` });
  subscriber.on("message", (_, payload) => {
    const message = read(payload);
    if (message) arrivals.push({ ...message, at: now });
    happened();
  });
  await told(subscriber, "connect");
  const topic = `drill/${seed}`;
  await subscriber.subscribeAsync(topic, { qos: 1 });

  const client = await opened();
  let held = cache();
  function opened(): Promise<MqttClient> {
    const fresh = connect({
      host: proxy.host,
      port: proxy.port,
      protocol: "mqtt",
      clientId: `p${seed}`,
      reconnectPeriod: 0,
      connectTimeout: 60_000,
      keepalive: 0,
      queueQoSZero: false,
    });
    fresh.on("error", () => undefined);
    fresh.on("close", happened);
    return told(fresh, "connect").then(() => fresh);
  }
  const settled = () =>
    when(() => arrivals.length === passed.length && (unacknowledged === 0 || proxy.isCut));

  async function send(message: { topic: string; payload: string }): Promise<void> {
    if (!client.connected) {
      held.keep(message);
      return;
    }
    const count = sentCount;
    unacknowledged += qos;
    client.publish(message.topic, message.payload, { qos }, () => {
      unacknowledged -= qos;
      happened();
    });
    await when(() => sentCount > count || !client.connected);
    if (!proxy.isCut) await settled();
  }

  async function step(): Promise<void> {
    now += 1000;
    for (const { key, intervalMs } of groups) {
      if ((now - base) % intervalMs !== 0) continue;
      const [node, group] = key.split("/");
      made.get(key)?.push(now);
      await send({
        topic,
        payload: JSON.stringify({ node, group, timestamp: now, values: { a: 1 }, errors: {} }),
      });
    }
    // Five of the cache a second, between the live ones.
    for (let place = 0; place < 5 && client.connected && held.size > 0; place++) {
      const next = held.take();
      if (next) await send(next);
    }
  }

  const steps = async (count: number) => {
    for (let one = 0; one < count; one++) await step();
  };

  await steps(before);
  const cutAt = now + 1;
  const closed = how === "reset" ? told(client, "close") : undefined;
  if (closed !== undefined && qos === 1) {
    cutsInTheMiddle = true;
    await step();
    cutsInTheMiddle = false;
  }
  proxy.cut(how);
  await closed;
  const restartAt = choice.restarts ? Math.floor(out / 2) : -1;
  for (let one = 0; one < out; one++) {
    if (one === restartAt) held = cache();
    // The publisher misses its keep-alive, and gives up what it had sent.
    if (client.connected && now - cutAt > keepAliveMs) {
      await breakOff(client);
      await until(() => proxy.open === 0, "the proxy to see it");
    }
    await step();
  }
  const restoredAt = now + 1;
  proxy.restore();
  let reconnectedAt: number | null = null;
  if (client.connected) {
    await when(() => passed.length === sentCount);
    await settled();
  } else {
    const { incomingStore, outgoingStore } = client;
    const again = told(client, "connect");
    client.reconnect({ incomingStore, outgoingStore });
    await again;
    reconnectedAt = restoredAt;
  }
  // What was never acknowledged is sent again.
  await settled();
  await steps(tail);
  while (held.size > 0) await step();
  await settled();
  const endedAt = now + 400;

  client.end(true);
  subscriber.end(true);
  await proxy.close();
  const facts: DrillFacts = {
    ...{ startedAt: base, cutAt, restoredAt, reconnectedAt, endedAt, qos },
    cache: { on: choice.cacheOn, messages: choice.cacheOn ? choice.cacheSize : 0 },
    restarted: choice.restarts && how === "reset",
    sent: [...sent.values()],
  };
  return { groups, arrivals, facts, made, passed };
}

/** Cuts the client's own socket with a reset, so that its system forgets what it had sent. */
async function breakOff(client: MqttClient): Promise<void> {
  const closed = told(client, "close");
  (client.stream as unknown as { resetAndDestroy(): void }).resetAndDestroy();
  await closed;
}

function told(client: MqttClient, event: "connect" | "close"): Promise<void> {
  return new Promise((resolve) => void client.once(event, () => resolve()));
}

/** Waits for conditions that change only with events. */
function waiting() {
  const waits = new Set<() => void>();
  return {
    happened: () => {
      for (const look of [...waits]) look();
    },
    when: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!holds()) return;
          waits.delete(look);
          resolve();
        };
        waits.add(look);
        look();
      }),
  };
}
