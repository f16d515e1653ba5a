import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { sampleQueues } from "#adapters/queue/sampleQueue.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { SampleQueue } from "#capabilities/sampleQueue.ts";
import type { BrokerPlace } from "#capabilities/uplink.ts";
import { Publishing } from "#services/standin/publishing.ts";
import { freePort } from "#test/support/freePort.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { listening, never } from "#test/support/serving.ts";
import { anyPlace, wideBounds } from "#test/support/standin/places.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { until } from "#test/support/until.ts";

async function openQueue(): Promise<SampleQueue> {
  const queue = await sampleQueues.open(join(await tempFolder(), "a.site.json"), wideBounds);
  onTestFinished(() => queue.close());
  return queue;
}

function keep(queue: SampleQueue, texts: readonly string[], topic = "t", bytes = 0) {
  return Promise.all(
    texts.map((text) => queue.append({ topic, payload: Buffer.from(text.padEnd(bytes)), at: 1 })),
  );
}

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);

/** Publishes until the test ends. */
function publish(
  queue: SampleQueue,
  port: number,
  more: Partial<BrokerPlace> = {},
  replayPerSecond = 100_000,
  clock: Clock = systemClock,
) {
  const sent: string[] = [];
  const publishing = new Publishing({ clock, brokers: brokers() }, queue, {
    replayPerSecond,
    onSent: ({ payload }) => sent.push(Buffer.from(payload).toString().trim()),
  });
  const stop = new AbortController();
  const place = async () => ({ ...anyPlace, port, clientId: "publisher", ...more });
  const running = publishing.run(place, stop.signal).catch((error) => error);
  const end = async () => {
    stop.abort(new Error("stopped"));
    return running;
  };
  onTestFinished(async () => void (await end()));
  return { publishing, sent, end };
}

async function subscriber(port: number) {
  const session = await brokers().connect({ ...anyPlace, port, clientId: "subscriber" }, never);
  onTestFinished(() => session.close());
  const heard: string[] = [];
  session.onMessage(({ payload }) => heard.push(Buffer.from(payload).toString().trim()));
  await session.subscribe("#", 1, never);
  return heard;
}

test("what is live goes first, and what was left follows beside it in order, at its rate", async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.stop());
  const heard = await subscriber(broker.port);
  const queue = await openQueue();
  await keep(queue, numbered("old", 2000));
  const startedAt = performance.now();
  const { publishing } = publish(queue, broker.port, {}, 200);
  await until(() => heard.includes("old 5"), "the replay to begin");

  for (const text of numbered("live", 40)) {
    await keep(queue, [text]);
    publishing.wake();
    // A message of its own each: the next is made when this one has arrived.
    await until(() => heard.includes(text), text);
  }

  const old = heard.filter((text) => text.startsWith("old"));
  const spentSeconds = (performance.now() - startedAt) / 1000;
  expect(old).toEqual(numbered("old", old.length));
  // The first tenth of a second may be made up for at once.
  expect(old.length).toBeLessThanOrEqual(200 * (spentSeconds + 0.2) + 1);
  expect(old.length).toBeLessThan(2000);
  expect(heard.filter((text) => text.startsWith("live"))).toEqual(numbered("live", 40));
  expect(publishing.replayLeft).toBeGreaterThan(0);
});

test("over a broker that goes and comes all arrive, and an end leaves nothing acknowledged behind", async () => {
  const port = await freePort();
  const queue = await openQueue();
  const { publishing, end } = publish(queue, port);
  await keep(queue, numbered("a", 300));
  await until(() => publishing.link === "waiting", "a first try in vain");
  expect(publishing.failure).toMatchObject({ code: "uplink.unreachable" });
  const first = await startMosquitto({ port });
  const heard = await subscriber(port);

  await until(() => queue.counts().queued === 0, "all of a to be sent", 20_000);
  await first.stop();
  await keep(queue, numbered("b", 300));
  const second = await startMosquitto({ port });
  onTestFinished(() => second.stop());
  const again = await subscriber(port);
  await until(() => new Set(again).size === 300, "all of b", 40_000);

  expect(publishing.link).toBe("online");
  await end();
  expect(queue.counts().queued).toBe(0);
  expect(new Set([...heard, ...again]).size).toBeGreaterThanOrEqual(300);
}, 90_000);

/** A broker that welcomes with Receive Maximum 3 (MQTT 5, 3.2.2.3.3), then acknowledges nothing. */
async function muteBroker() {
  const seen = { clients: 0, publishes: 0 };
  const server = createServer((socket) => {
    socket.once("data", () => {
      seen.clients++;
      socket.write(Buffer.from([0x20, 6, 0, 0, 3, 0x21, 0, 3]));
      socket.on("data", (bytes: Buffer) => {
        for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
          if ((bytes[at] ?? 0) >> 4 === 3) seen.publishes++;
        }
      });
    });
  });
  const { port, stop } = await listening(server);
  onTestFinished(stop);
  return { port, seen };
}

test("a broker that acknowledges nothing for half a minute is left and tried again", async () => {
  const { port, seen } = await muteBroker();
  const queue = await openQueue();
  await keep(queue, ["a"]);
  let aheadMs = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + aheadMs };
  const { publishing } = publish(queue, port, { version: "5" }, 100, clock);
  await until(() => seen.publishes === 1, "the message");

  aheadMs = 29_000;
  publishing.wake();
  expect(publishing.link).toBe("online");
  aheadMs = 40_000;
  publishing.wake();
  await until(() => seen.clients === 2 && seen.publishes === 2, "it to be sent again", 15_000);

  expect(queue.counts().queued).toBe(1);
});

test("no more is under way than the broker's Receive Maximum, and what it did not acknowledge stays", async () => {
  const { port, seen } = await muteBroker();
  const queue = await openQueue();
  await keep(queue, numbered("m", 30));

  const { sent, end } = publish(queue, port, { version: "5" });
  await until(() => seen.publishes >= 3, "three messages");
  await end();

  expect(sent).toEqual(numbered("m", 3));
  expect(seen.publishes).toBe(3);
  expect(queue.counts().queued).toBe(30);
});

test("a message larger than the broker takes is given up and counted, and the next ones go on", async () => {
  const broker = await startMosquitto({ settings: ["max_packet_size 2000"] });
  onTestFinished(() => broker.stop());
  const heard = await subscriber(broker.port);
  const queue = await openQueue();
  await keep(queue, ["small 1"]);
  await keep(queue, ["large"], "t", 4000);
  await keep(queue, ["small 2"]);

  const { publishing } = publish(queue, broker.port, { version: "5" });
  await until(() => heard.length === 2 && queue.counts().queued === 0, "the small ones");

  expect(heard).toEqual(["small 1", "small 2"]);
  expect(publishing.counts).toMatchObject({ large: 1, acknowledged: 2 });
});

test("a topic that the broker denies keeps its message and says so", async () => {
  const broker = await startMosquitto({ users: { me: "x" }, acl: ["user me", "topic readwrite open/#"] });
  onTestFinished(() => broker.stop());
  const queue = await openQueue();
  await keep(queue, ["a"], "open/a");
  await keep(queue, ["b"], "shut/b");

  const { publishing } = publish(queue, broker.port, { version: "5", username: "me", password: "x" });
  await until(() => publishing.failure !== null, "a refusal");

  expect(publishing.failure).toMatchObject({ code: "uplink.publishDenied", topic: "shut/b" });
  expect(queue.counts().queued).toBe(1);
});

test("what the disk did not take goes past it while there is a link", async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.stop());
  const heard = await subscriber(broker.port);
  const queue = await openQueue();
  const { publishing } = publish(queue, broker.port);
  const message = { topic: "t", payload: Buffer.from("unkept"), at: 1 };
  expect(publishing.pass(message)).toBe(false);
  await until(() => publishing.link === "online", "a link");

  expect(publishing.pass(message)).toBe(true);

  await until(() => heard.includes("unkept"), "it to arrive");
});
