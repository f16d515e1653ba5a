import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { systemClock } from "#adapters/clock.ts";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { sampleQueues } from "#adapters/queue/sampleQueue.ts";
import { Publishing } from "#services/standin/publishing.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { anyPlace, wideBounds } from "#test/support/standin/places.ts";
import type { Peer } from "./figures.ts";

/** Who publishes to one broker, in messages a second that a subscriber has received: ours first, then theirs. */
export async function publishPeers(
  messages: number,
  payloadBytes: number,
  folder: string,
): Promise<{ readonly peers: readonly Peer<number>[]; close(): Promise<void> }> {
  const broker = await startMosquitto({ settings: ["max_queued_messages 0"] });
  const place = { ...anyPlace, port: broker.port };
  const server = ["-h", "127.0.0.1", "-p", String(broker.port), "-q", "1", "-t", "bench"];
  const payload = Buffer.alloc(payloadBytes, "x");
  let turns = 0;

  /** @param work publishes all of them; what it did meanwhile is undone by what it resolves to */
  async function timed(work: () => Promise<() => Promise<void>>): Promise<number> {
    const kept = [...server, "-c", "-i", "subscriber"];
    // Subscribes and goes: the broker keeps what comes until the one that counts is there.
    await once(spawn("mosquitto_sub", [...kept, "-E"], { stdio: "ignore" }), "exit");
    const subscriber = spawn("mosquitto_sub", [...kept, "-C", String(messages)], { stdio: "ignore" });
    const ended = once(subscriber, "exit");
    const beganAt = performance.now();
    const undo = await work();
    await ended;
    const spentMs = performance.now() - beganAt;
    await undo();
    return (messages * 1000) / spentMs;
  }

  const ours = () =>
    timed(async () => {
      const queue = await sampleQueues.open(join(folder, `turn-${++turns}.site.json`), wideBounds);
      const publishing = new Publishing({ clock: systemClock, brokers: brokers() }, queue, {
        replayPerSecond: 100_000,
        onSent: () => undefined,
      });
      const stop = new AbortController();
      const running = publishing
        .run(async () => ({ ...place, clientId: "ours" }), stop.signal)
        .catch(() => undefined);
      const together = 1000;
      for (let made = 0; made < messages; made += together) {
        const some = Array.from({ length: Math.min(together, messages - made) }, () =>
          queue.append({ topic: "bench", payload, at: 1 }),
        );
        await Promise.all(some);
        publishing.wake();
      }
      return async () => {
        stop.abort(new Error("measured"));
        await running;
        await queue.close();
      };
    });

  const theirs = () =>
    timed(async () => {
      const publisher = spawn("mosquitto_pub", [...server, "-l"]);
      const ended = once(publisher, "exit");
      publisher.stdin.end(`${payload.toString()}\n`.repeat(messages));
      return async () => void (await ended);
    });

  return {
    peers: [
      { who: "Lastmile with its queue", run: ours },
      { who: "mosquitto_pub", run: theirs },
    ],
    close: broker.stop,
  };
}
