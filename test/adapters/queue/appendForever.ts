import { sampleQueues } from "#adapters/queue/sampleQueue.ts";

// A process of its own: appends until killed and prints every number that is surely on the disk, and every one that it
// acknowledged. Each message says its number's payload: the process's id and its own count.
const [sitePath = "", name = ""] = process.argv.slice(2);
const queue = await sampleQueues.open(sitePath, {
  maxBytes: 1e8,
  maxAgeMs: 1e12,
  givesWay: "oldest",
});
let count = 0;
for (;;) {
  const texts = [1, 2, 3].map(() => `${name}-${++count}`);
  const numbers = await Promise.all(
    texts.map((text) => queue.append({ topic: "t", payload: Buffer.from(text.padEnd(300, ".")), at: 1 })),
  );
  process.stdout.write(texts.map((text) => `kept ${text}\n`).join(""));
  if (count % 4 === 0) {
    process.stdout.write(`done ${texts[1]}\n`);
    queue.acknowledge(numbers[1] as number);
  }
}
