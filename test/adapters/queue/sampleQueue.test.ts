import { appendFile, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { queueFolder, sampleQueues } from "#adapters/queue/sampleQueue.ts";
import type { QueueBounds, SampleQueue } from "#capabilities/sampleQueue.ts";
import { canMount, smallDisk, tempFolder } from "#test/support/tempFolder.ts";
import { thrown } from "#test/support/thrown.ts";
import { messageOf, queuedIn, readAll, textOf } from "./messages.ts";

const wide: QueueBounds = { maxBytes: 100_000_000, maxAgeMs: 86_400_000, givesWay: "oldest" };

async function siteIn(folder?: string): Promise<string> {
  return join(folder ?? (await tempFolder()), "north.site.json");
}

async function opened(site: string, bounds: Partial<QueueBounds> = {}): Promise<SampleQueue> {
  const queue = await sampleQueues.open(site, { ...wide, ...bounds });
  onTestFinished(() => queue.close());
  return queue;
}

/** Appends `count` messages that say their numbers. */
function appendMany(queue: SampleQueue, count: number, bytes = 0, from = 1) {
  return Promise.all(
    Array.from({ length: count }, (_, index) => queue.append(messageOf(from + index, 1000, bytes))),
  );
}

async function segmentsOf(site: string): Promise<readonly string[]> {
  const names = await readdir(queueFolder(site));
  return names.filter((name) => name.endsWith(".messages")).sort();
}

describe("a queue on the disk", () => {
  test("gives back in order what nobody acknowledged, over a restart", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    expect(await appendMany(queue, 5)).toEqual([1, 2, 3, 4, 5]);
    queue.acknowledge(1);
    queue.acknowledge(4);
    await queue.close();

    const again = await opened(site);

    expect(await queuedIn(again)).toEqual(["2", "3", "5"]);
    expect(again.counts()).toMatchObject({ queued: 3, dropped: { full: 0, old: 0, damaged: 0 } });
    expect(again.opened).toEqual({ cutBytes: 0, cursorLost: false });
    expect(await again.append(messageOf("6"))).toBe(6);
  });

  test("keeps topic, time and every byte", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    const payload = Uint8Array.from({ length: 700_000 }, (_, index) => index * 7);
    await queue.append({ topic: "厂/泵站 №1", payload, at: 1_700_000_000_123 });
    await queue.append({ topic: "", payload: new Uint8Array(), at: 0 });
    await queue.close();

    const reader = (await opened(site)).reader("first");
    const messages = await readAll(reader);
    await reader.close();

    expect(messages.map(({ topic, at, number }) => ({ topic, at, number }))).toEqual([
      { topic: "厂/泵站 №1", at: 1_700_000_000_123, number: 1 },
      { topic: "", at: 0, number: 2 },
    ]);
    expect(Buffer.compare(messages[0]?.payload ?? new Uint8Array(), payload)).toBe(0);
    expect(messages[1]?.payload).toHaveLength(0);
  });

  test("a fresh reader sees what comes from now on, and nothing twice", async () => {
    const queue = await opened(await siteIn(), { maxBytes: 200_000 });
    await appendMany(queue, 50, 300);
    const reader = queue.reader("fresh");
    expect(await reader.next(10)).toEqual([]);

    const seen: string[] = [];
    for (let round = 0; round < 20; round++) {
      await appendMany(queue, 20, 300, 51 + 20 * round);
      seen.push(...(await readAll(reader)).map(textOf));
    }

    expect(seen).toEqual(Array.from({ length: 400 }, (_, index) => String(51 + index)));
    await reader.close();
  });

  test("numbers go on where all was acknowledged and its files are gone", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    await appendMany(queue, 3);
    for (const number of [1, 2, 3]) queue.acknowledge(number);
    await queue.close();
    const second = await opened(site);
    await second.save();
    expect(await segmentsOf(site)).toEqual([]);
    await second.close();

    const third = await opened(site);

    expect(await third.append(messageOf("4"))).toBe(4);
    expect(await queuedIn(third)).toEqual(["4"]);
  });

  test("segments whose messages are all acknowledged go, also between others", async () => {
    const site = await siteIn();
    const queue = await opened(site, { maxBytes: 200_000 });
    await appendMany(queue, 300, 500);
    const before = (await segmentsOf(site)).length;

    for (let number = 100; number <= 299; number++) queue.acknowledge(number);
    await queue.save();

    expect((await segmentsOf(site)).length).toBeLessThan(before - 2);
    await queue.close();
    const again = await opened(site);
    expect((await queuedIn(again)).map(Number)).toEqual([
      ...Array.from({ length: 99 }, (_, i) => i + 1),
      300,
    ]);
    expect(again.counts()).toMatchObject({ queued: 100, dropped: { damaged: 0 } });
  });

  test("a second program is told who has it", async () => {
    const site = await siteIn();
    await opened(site);

    expect(await thrown(sampleQueues.open(site, wide))).toMatchObject({ code: "file.locked" });
  });
});

describe("a full queue", () => {
  test("gives up the oldest in parts, and counts them over a restart", async () => {
    const site = await siteIn();
    const queue = await opened(site, { maxBytes: 200_000 });
    await appendMany(queue, 1000, 500);

    const { queued, bytes, dropped } = queue.counts();
    const kept = await queuedIn(queue);

    expect(bytes).toBeLessThanOrEqual(200_000);
    expect(bytes).toBeGreaterThan(150_000);
    expect(queued + dropped.full).toBe(1000);
    expect(kept.map(Number)).toEqual(Array.from({ length: queued }, (_, i) => dropped.full + i + 1));
    await queue.close();
    expect((await opened(site)).counts().dropped).toEqual(dropped);
  });

  test("or takes no new ones, and says so for each", async () => {
    const queue = await opened(await siteIn(), { maxBytes: 20_000, givesWay: "newest" });

    const numbers = await appendMany(queue, 50, 500);

    const taken = numbers.filter((number) => number !== undefined).length;
    expect(taken).toBeGreaterThan(30);
    expect(numbers.slice(0, taken)).toEqual(Array.from({ length: taken }, (_, i) => i + 1));
    expect(queue.counts()).toMatchObject({ queued: taken, dropped: { full: 50 - taken } });
    expect(await queuedIn(queue)).toHaveLength(taken);
  });

  test("a reader in the midst of what gives way reads on behind it", async () => {
    const queue = await opened(await siteIn(), { maxBytes: 200_000 });
    await appendMany(queue, 300, 500);
    const reader = queue.reader("first");
    await reader.next(10);

    await appendMany(queue, 600, 500, 301);
    const rest = (await readAll(reader)).map((message) => message.number);

    const first = queue.counts().dropped.full + 1;
    expect(rest.at(-1)).toBe(900);
    expect(rest.every((number) => number >= first)).toBe(true);
    expect(new Set(rest).size).toBe(rest.length);
    await reader.close();
  });

  test("what is too old is given up, and the age of the oldest is known", async () => {
    const queue = await opened(await siteIn(), { maxAgeMs: 1000 });
    for (const at of [1000, 2000, 3000]) await queue.append(messageOf(at, at));
    expect(await queue.oldestAt()).toBe(1000);

    await queue.expire(3500);

    expect(await queue.oldestAt()).toBe(3000);
    expect(queue.counts()).toMatchObject({ queued: 1, dropped: { old: 2 } });
    queue.acknowledge(3);
    expect(await queue.oldestAt()).toBeUndefined();
  });
});

describe("after a power cut", () => {
  test("a torn tail is cut and said, and nothing before it is lost", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    await appendMany(queue, 4, 100);
    await queue.close();
    const [name = ""] = await segmentsOf(site);
    const path = join(queueFolder(site), name);
    const whole = await readFile(path);
    await appendFile(path, whole.subarray(0, 90));

    const again = await opened(site);

    expect(again.opened).toEqual({ cutBytes: 90, cursorLost: false });
    expect((await stat(path)).size).toBe(whole.length);
    expect(await again.append(messageOf("5"))).toBe(5);
    expect(await queuedIn(again)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("zeros and noise behind the end are cut too", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    await appendMany(queue, 4, 100);
    await queue.close();
    const [name = ""] = await segmentsOf(site);
    const path = join(queueFolder(site), name);
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 31) % 251));
    await appendFile(path, Buffer.concat([Buffer.alloc(4096), noise, Buffer.from([0x4c, 0x51, 0, 0, 9])]));

    const again = await opened(site);

    expect(again.opened.cutBytes).toBe(4096 + 5000 + 5);
    expect(await queuedIn(again)).toEqual(["1", "2", "3", "4"]);
  });

  test("a message that the disk does not give back whole is counted, and those around it are there", async () => {
    const site = await siteIn();
    const queue = await opened(site, { maxBytes: 200_000 });
    await appendMany(queue, 200, 500);
    await queue.close();
    const names = await segmentsOf(site);
    for (const name of [names[0], names[2], names.at(-1)]) {
      const file = await open(join(queueFolder(site), name ?? ""), "r+");
      await file.write(Buffer.from([0xff, 0x4c, 0x51, 0, 0]), 0, 5, 1500);
      await file.close();
    }

    const again = await opened(site, { maxBytes: 200_000 });
    const left = await queuedIn(again);

    expect(left).toHaveLength(197);
    expect(left).toEqual([...new Set(left)].sort((a, b) => Number(a) - Number(b)));
    expect(again.counts()).toMatchObject({ queued: 197, dropped: { damaged: 3 } });
  });

  test("without its cursor all that is there comes again, and that is said", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    await appendMany(queue, 4);
    queue.acknowledge(1);
    await queue.close();
    await writeFile(join(queueFolder(site), "cursor"), Buffer.alloc(8192, 7));

    const again = await opened(site);

    expect(again.opened).toEqual({ cutBytes: 0, cursorLost: true });
    expect(await queuedIn(again)).toEqual(["1", "2", "3", "4"]);
  });

  test("a cursor whose newest place was torn goes back by one writing", async () => {
    const site = await siteIn();
    const queue = await opened(site);
    await appendMany(queue, 4);
    queue.acknowledge(1);
    await queue.save();
    queue.acknowledge(2);
    await queue.close();
    const path = join(queueFolder(site), "cursor");
    const bytes = await readFile(path);
    bytes.fill(0xee, 100, 120);
    await writeFile(path, bytes);

    const again = await opened(site);

    expect(again.opened.cursorLost).toBe(false);
    expect(await queuedIn(again)).toEqual(["2", "3", "4"]);
  });
});

describe.skipIf(!canMount)("a full disk", () => {
  test("is told for each message, and the queue goes on when there is room", async () => {
    const disk = await smallDisk(96);
    const site = await siteIn(disk.folder);
    const queue = await sampleQueues.open(site, wide);
    const kept: number[] = [];
    let fault: unknown;
    while (fault === undefined) {
      const number = await queue.append(messageOf("x", 1000, 4000)).catch((error) => {
        fault = error.fault;
        return undefined;
      });
      if (number !== undefined) kept.push(number);
    }

    expect(fault).toMatchObject({ code: "file.unwritable", reason: "diskFull" });
    for (const number of kept.slice(0, 10)) queue.acknowledge(number);
    await queue.save();
    const reader = queue.reader("first");
    expect((await readAll(reader)).map((message) => message.number)).toEqual(kept.slice(10));
    for (const number of kept.slice(10)) queue.acknowledge(number);
    await queue.save();
    expect(await queue.append(messageOf("after"))).toBe(kept.length + 1);
    await reader.close();
    await queue.close();

    const again = await sampleQueues.open(site, wide);
    expect(await queuedIn(again)).toEqual(["after"]);
    expect(again.counts().dropped).toEqual({ full: 0, old: 0, damaged: 0 });
    await again.close();
  });
});

test("readers and a writer that gives up the oldest all the while never disturb each other", async () => {
  const queue = await opened(await siteIn(), { maxBytes: 150_000 });
  let writing = true;
  const written = (async () => {
    for (let round = 0; round < 60; round++) await appendMany(queue, 40, 500, 1 + 40 * round);
  })().finally(() => {
    writing = false;
  });
  written.catch(() => undefined);
  const seen: number[] = [];
  while (writing) {
    // An empty queue answers at once: the writer needs its turn.
    await new Promise((resolve) => setImmediate(resolve));
    // Each one begins anew at what is the oldest at that moment.
    const reader = queue.reader("first");
    seen.push(...(await readAll(reader)).map(({ number, payload }) => number - Number(textOf({ payload }))));
    await reader.close();
  }
  await written;

  expect(new Set(seen)).toEqual(new Set([0]));
  const { queued, dropped } = queue.counts();
  expect(queued + dropped.full).toBe(2400);
  expect(dropped.damaged).toBe(0);
});
