import { systemClock } from "#adapters/clock.ts";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { sampleQueues } from "#adapters/queue/sampleQueue.ts";
import { Publishing } from "#services/standin/publishing.ts";
import { anyPlace, wideBounds } from "./places.ts";

const together = 200;

/**
 * For a process of its own: appends messages `from` to `to`, each with its number, publishes what is in the queue, and
 * prints `kept <last number>` and `left <count>`, until it is killed.
 */
export async function publishForever(words: readonly string[]): Promise<void> {
  const [sitePath = "", port = "", from = "", to = ""] = words;
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const queue = await sampleQueues.open(sitePath, wideBounds);
  const publishing = new Publishing({ clock: systemClock, brokers: brokers() }, queue, {
    replayPerSecond: 100_000,
    onSent: () => undefined,
  });
  const place = async () => ({ ...anyPlace, port: Number(port), clientId: `publisher-${process.pid}` });
  const running = publishing.run(place, new AbortController().signal);
  for (let first = Number(from); first <= Number(to); first += together) {
    const last = Math.min(first + together - 1, Number(to));
    await Promise.all(
      Array.from({ length: last - first + 1 }, (_, index) =>
        queue.append({ topic: "t", payload: Buffer.from(String(first + index).padEnd(200, " ")), at: 1 }),
      ),
    );
    publishing.wake();
    tell(`kept ${last}`);
  }
  setInterval(() => tell(`left ${queue.counts().queued}`), 20);
  await running;
}
