import { once } from "node:events";
import { open } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { sampleQueues } from "#adapters/queue/sampleQueue.ts";
import { listening } from "#test/support/serving.ts";
import { wideBounds } from "#test/support/standin/places.ts";

const limitMs = 1000;

/** How often this disk takes 250 bytes and says that it has them. */
export async function syncsPerSecond(folder: string): Promise<number> {
  const file = await open(join(folder, "syncs"), "w");
  const bytes = Buffer.alloc(250, 1);
  const beganAt = performance.now();
  let count = 0;
  for (; performance.now() - beganAt < limitMs; count++) {
    await file.write(bytes);
    await file.datasync();
  }
  const spentMs = performance.now() - beganAt;
  await file.close();
  return (count * 1000) / spentMs;
}

/** Round trips of 200 bytes a second over a loopback socket, one after another. */
export async function tripsPerSecond(): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => socket.pipe(socket));
  const { port, stop } = await listening(server);
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const bytes = Buffer.alloc(200, 1);
  const beganAt = performance.now();
  let count = 0;
  for (; performance.now() - beganAt < limitMs; count++) {
    socket.write(bytes);
    await once(socket, "data");
  }
  const spentMs = performance.now() - beganAt;
  socket.destroy();
  await stop();
  return (count * 1000) / spentMs;
}

const together = 10_000;

/** Queues so many messages of 100 bytes, each with its number. */
export async function fillLarge(site: string, count: number): Promise<void> {
  const queue = await sampleQueues.open(site, wideBounds);
  for (let first = 1; first <= count; first += together) {
    await Promise.all(
      Array.from({ length: Math.min(together, count - first + 1) }, (_, index) =>
        queue.append({
          topic: "plant/line/group",
          payload: Buffer.from(String(first + index).padEnd(100)),
          at: 1,
        }),
      ),
    );
  }
  await queue.close();
}

/** For a process of its own: opens a queue, reads all of it, acknowledges each, and prints what that took as JSON. */
export async function openLarge(site: string): Promise<void> {
  const beganAt = performance.now();
  const queue = await sampleQueues.open(site, wideBounds);
  const openMs = performance.now() - beganAt;
  const { queued } = queue.counts();
  const reader = queue.reader("first");
  let expected = 1;
  let wrong = 0;
  for (;;) {
    const messages = await reader.next(500);
    if (messages.length === 0) break;
    for (const { number, payload } of messages) {
      if (number !== expected || Number(Buffer.from(payload).toString()) !== expected) wrong++;
      expected = number + 1;
      queue.acknowledge(number);
    }
  }
  const readMs = performance.now() - beganAt - openMs;
  await reader.close();
  wrong += Math.abs(queued - (expected - 1)) + queue.counts().queued;
  await queue.close();
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ openMs, readMs, wrong, memoryMb }));
}
