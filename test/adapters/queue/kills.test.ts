import { spawnSync } from "node:child_process";
import { appendFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queueFolder, sampleQueues } from "#adapters/queue/sampleQueue.ts";
import { seeded } from "#test/bench/parts/figures.ts";
import { buildProgram, type Program, type Started, startProgram } from "#test/support/program.ts";
import { until } from "#test/support/until.ts";
import { queuedIn } from "./messages.ts";

const bounds = { maxBytes: 100_000_000, maxAgeMs: 1e15, givesWay: "oldest" } as const;
let program: Program;
let folder: string;
beforeAll(async () => {
  program = await buildProgram("test/adapters/queue/appendForever.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-kills-"));
});
afterAll(async () => {
  await program.remove();
  await rm(folder, { recursive: true, force: true });
});

const wordsOf = (child: Started, word: string) =>
  child
    .stdout()
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith(word))
    .map((line) => line.slice(word.length + 1));

// Four queues beside each other, with 25 kills each.
test.concurrent.each([1, 2, 3, 4])(
  "a hundred kills at seeded moments lose no message that was said to be kept (queue %i of 4)",
  { timeout: 240_000 },
  async (seed) => {
    const site = join(folder, `${seed}.site.json`);
    const random = seeded(seed);
    const kept: string[] = [];
    const done = new Set<string>();
    let tornBytes = 0;
    for (let kill = 0; kill < 25; kill++) {
      const child = startProgram(program.path, [site, `${seed}.${kill}`]);
      const lines = Math.floor(random() * 48);
      await until(() => wordsOf(child, "kept").length >= lines, "messages kept", 60_000);
      child.kill("SIGKILL");
      const { stderr } = await child.ended;
      expect(stderr).toBe("");
      kept.push(...wordsOf(child, "kept"));
      for (const word of wordsOf(child, "done")) done.add(word);
      // Every third time the power goes too: half a message stands behind the end.
      if (kill % 3 === 0 && kept.length > 0) tornBytes += await tear(site, Math.floor(random() * 200) + 1);
    }

    const queue = await sampleQueues.open(site, bounds);
    const left = await queuedIn(queue);
    const { dropped } = queue.counts();
    await queue.close();

    expect(kept.length).toBeGreaterThan(500);
    expect(tornBytes).toBeGreaterThan(0);
    const there = new Set(left);
    expect(kept.filter((text) => !there.has(text) && !done.has(text))).toEqual([]);
    expect(there.size).toBe(left.length);
    expect(dropped).toEqual({ full: 0, old: 0, damaged: 0 });
  },
);

/** Puts a message's beginning behind the end of the newest segment. */
async function tear(site: string, bytes: number): Promise<number> {
  const names = (await readdir(queueFolder(site))).filter((name) => name.endsWith(".messages")).sort();
  const head = Buffer.alloc(bytes);
  Buffer.from([0x4c, 0x51, 0, 0, 1, 2, 3, 4, 44, 1, 0, 0, 1, 0, 0, 0]).copy(head);
  await appendFile(join(queueFolder(site), names.at(-1) ?? ""), head);
  return bytes;
}

test("where a program may write no more than so much, what it was told is kept is kept", async () => {
  const site = join(folder, "limited.site.json");

  // 64 blocks of 512 bytes (or 1 KB): the limit ends the program by a signal or its write by an error.
  const { stdout } = spawnSync(
    "sh",
    ["-c", `ulimit -f 64; exec "${process.execPath}" "${program.path}" "${site}" limited`],
    { encoding: "utf8", timeout: 60_000 },
  );
  const kept = stdout.split("\n").flatMap((line) => line.match(/^kept (.+)$/)?.[1] ?? []);
  const done = new Set(stdout.split("\n").flatMap((line) => line.match(/^done (.+)$/)?.[1] ?? []));
  const queue = await sampleQueues.open(site, bounds);
  const there = new Set(await queuedIn(queue));
  await queue.close();

  expect(kept.length).toBeGreaterThan(30);
  expect(kept.filter((text) => !there.has(text) && !done.has(text))).toEqual([]);
});
