import { spawnSync } from "node:child_process";
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { siteStore } from "#adapters/files/siteStore.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

describe("site files", () => {
  test("a new name never meets an existing file, and says the site in any script", async () => {
    const folder = join(await tempFolder(), "sites");
    const store = siteStore(folder);

    const first = await store.newPath("North pump, station 7");
    await store.write(first, "{}", undefined);

    expect(first).toBe(join(folder, "north-pump-station-7.site.json"));
    expect(await store.newPath("North Pump/Station 7")).toBe(
      join(folder, "north-pump-station-7-2.site.json"),
    );
    expect(await store.newPath("北泵站")).toBe(join(folder, "北泵站.site.json"));
    expect(await store.newPath("../..")).toBe(join(folder, "site.site.json"));
    expect(await store.newPath("NUL")).toBe(join(folder, "site-nul.site.json"));
  });

  test("what was written is read with the hash that writing gave", async () => {
    const folder = await tempFolder();
    const store = siteStore(folder);
    const path = await store.newPath("a");

    const hash = await store.write(path, "text ü", undefined);

    expect(await store.read(path)).toEqual({ text: "text ü", hash });
    expect(await store.read(join(folder, "other.site.json"))).toBeUndefined();
  });

  test("an edit from outside is not overwritten", async () => {
    const store = siteStore(await tempFolder());
    const path = await store.newPath("a");
    const hash = await store.write(path, "ours", undefined);
    await writeFile(path, "theirs");

    expect(await store.write(path, "ours again", hash)).toBeUndefined();
    expect(await store.write(path, "as if new", undefined)).toBeUndefined();
    expect(await readFile(path, "utf8")).toBe("theirs");
  });

  test("of two writes that know the same state one is refused", async () => {
    const store = siteStore(await tempFolder());
    const path = await store.newPath("a");
    const hash = await store.write(path, "start", undefined);

    const done = await Promise.all([store.write(path, "one", hash), store.write(path, "two", hash)]);

    expect(done[0]).toBeDefined();
    expect(done[1]).toBeUndefined();
    expect(await readFile(path, "utf8")).toBe("one");
  });

  test("the list has the newest first, and sites elsewhere that were opened from here", async () => {
    const folder = await tempFolder();
    const elsewhere = join(await tempFolder(), "stick.site.json");
    const store = siteStore(folder);
    for (const name of ["old", "new"]) await store.write(await store.newPath(name), "{}", undefined);
    await utimes(join(folder, "old.site.json"), 1000, 1000);
    await store.write(elsewhere, "{}", undefined);
    await utimes(elsewhere, 2000, 2000);
    await (await store.lock(elsewhere))();

    const names = (await siteStore(folder).list()).map((file) => file.name);

    expect(names).toEqual(["new", "stick", "old"]);
  });

  test("a store without its folder yet has no sites", async () => {
    expect(await siteStore(join(await tempFolder(), "none")).list()).toEqual([]);
  });
});

describe("the lock of a site file", () => {
  test("a second owner learns who has the file, and gets it after release", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    const release = await siteStore(folder).lock(path);

    await expect(siteStore(folder).lock(path)).rejects.toMatchObject({
      fault: { code: "file.locked", path, by: expect.stringContaining(`@${hostname()}, pid ${process.pid}`) },
    });
    await release();

    await (await siteStore(folder).lock(path))();
    expect(await readdir(folder)).toEqual([]);
  });

  test("the lock of a dead process is taken over", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    await writeFile(`${path}.lock`, owner({ pid: dead, aliveAt: Date.now() }));

    await (await siteStore(folder).lock(path))();
  });

  test("a living process that merely has a dead owner's number does not keep the file", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    await writeFile(
      `${path}.lock`,
      owner({ pid: process.pid, aliveAt: Date.now() - 61_000, started: "boot/1" }),
    );

    await (await siteStore(folder).lock(path))();
  });

  test("another computer's lock stands while it is fresh, and falls after a minute of silence", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    await writeFile(`${path}.lock`, owner({ host: "other", pid: 1, aliveAt: Date.now() - 30_000 }));
    await expect(siteStore(folder).lock(path)).rejects.toMatchObject({ fault: { by: "eng@other, pid 1" } });

    await writeFile(`${path}.lock`, owner({ host: "other", pid: 1, aliveAt: Date.now() - 61_000 }));

    await (await siteStore(folder).lock(path))();
  });

  test("a lock that a power cut left empty does not lock the engineer out", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    await writeFile(`${path}.lock`, "");

    await (await siteStore(folder).lock(path))();
  });

  test("of many that find a stale lock exactly one gets the file", async () => {
    const folder = await tempFolder();
    const path = join(folder, "a.site.json");
    await writeFile(`${path}.lock`, owner({ host: "other", pid: 1, aliveAt: 0 }));

    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => siteStore(folder).lock(path)));

    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "fulfilled") await outcome.value();
  });
});

function owner(facts: { pid: number; aliveAt: number; host?: string; started?: string }): string {
  return JSON.stringify({
    token: "t",
    user: "eng",
    host: hostname(),
    started: "",
    lockedAt: facts.aliveAt,
    ...facts,
  });
}
