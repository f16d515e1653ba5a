import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { evidencePath, journals } from "#adapters/files/journal.ts";
import { canMount, smallDisk, tempFolder } from "#test/support/tempFolder.ts";
import { until } from "#test/support/until.ts";

const store = journals({ now: () => 1_700_000_000_000 }, nodeCrypto());

describe("the evidence journal", () => {
  test("every line names the hash of the line before, and opening again finds them all", async () => {
    const site = join(await tempFolder(), "north.site.json");
    const journal = await store.open(site);
    expect(journal.head()).toBe("0".repeat(64));
    await journal.append("scan.found", { unit: 3, note: "泵" });
    await journal.append("scan.done", { units: [3] });
    await journal.close();

    const lines = (await readFile(site.replace(".site.json", ".evidence.jsonl"), "utf8")).split("\n");
    const again = await store.open(site);

    expect(JSON.parse(lines[0] as string)).toEqual({
      seq: 1,
      at: 1_700_000_000_000,
      kind: "scan.found",
      body: { unit: 3, note: "泵" },
      prev: "0".repeat(64),
    });
    expect(JSON.parse(lines[1] as string).prev).toBe(hash(lines[0] as string));
    expect(lines).toHaveLength(3);
    expect(again.head()).toBe(hash(lines[1] as string));
    expect(again.entries.map((entry) => [entry.seq, entry.kind])).toEqual([
      [1, "scan.found"],
      [2, "scan.done"],
    ]);
    expect(again.opened).toEqual({ cutBytes: 0, brokenAtLine: undefined });
    await again.close();
  });

  test("many at once keep their order and one chain", async () => {
    const site = join(await tempFolder(), "a.site.json");
    const journal = await store.open(site);

    const written = await Promise.all(Array.from({ length: 300 }, (_, n) => journal.append("n", { n })));
    await journal.close();
    const again = await store.open(site);

    expect(written.map((entry) => entry.seq)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    expect(again.entries).toEqual(written);
    expect(again.opened.brokenAtLine).toBeUndefined();
    await again.close();
  });

  test("a torn last line is cut and the cut recorded with its bytes", async () => {
    const site = join(await tempFolder(), "a.site.json");
    const journal = await store.open(site);
    await journal.append("a", {});
    await journal.close();
    await appendFile(evidencePath(site), '{"seq":2,"at":17');

    const again = await store.open(site);
    await again.append("b", {});
    await again.close();
    const third = await store.open(site);

    expect(again.opened.cutBytes).toBe(16);
    expect(third.opened).toEqual({ cutBytes: 0, brokenAtLine: undefined });
    expect(third.entries.map((entry) => entry.kind)).toEqual(["a", "journal.cut", "b"]);
    const base64 = Buffer.from('{"seq":2,"at":17').toString("base64");
    expect(third.entries[1]?.body).toEqual({ bytes: 16, base64 });
    await third.close();
  });

  test.each([
    ["a changed value", (text: string) => text.replace('"n":2', '"n":7'), 3],
    ["a line taken out", (text: string) => text.split("\n").toSpliced(1, 1).join("\n"), 2],
    ["a line that is no JSON", (text: string) => text.replace('{"seq":4', "seq 4"), 4],
  ])("after %s it is read-only from the broken line", async (_, tamper, line) => {
    const site = join(await tempFolder(), "a.site.json");
    const journal = await store.open(site);
    for (let n = 1; n <= 5; n++) await journal.append("n", { n });
    await journal.close();
    const tampered = tamper(await readFile(evidencePath(site), "utf8"));
    await writeFile(evidencePath(site), tampered);

    const again = await store.open(site);

    expect(again.opened.brokenAtLine).toBe(line);
    expect(again.entries).toHaveLength(line - 1);
    await expect(again.append("n", {})).rejects.toMatchObject({
      fault: { code: "journal.broken", path: evidencePath(site), line },
    });
    await again.close();
    expect(await readFile(evidencePath(site), "utf8")).toBe(tampered);
  });

  test("two programs at one journal cannot destroy each other's lines", async () => {
    const site = join(await tempFolder(), "a.site.json");
    const [ours, theirs] = [await store.open(site), await store.open(site)];
    await ours.append("ours", {});

    await expect(theirs.append("theirs", {})).rejects.toMatchObject({ fault: { code: "journal.broken" } });

    await Promise.all([ours.close(), theirs.close()]);
    const again = await store.open(site);
    expect(again.entries.map((entry) => entry.kind)).toEqual(["ours"]);
    await again.close();
  });

  test("what the caller changes afterwards is not in the evidence", async () => {
    const site = join(await tempFolder(), "a.site.json");
    const journal = await store.open(site);
    const body = { value: 1 };

    const appending = journal.append("a", body);
    body.value = 2;

    expect((await appending).body).toEqual({ value: 1 });
    expect(await readFile(evidencePath(site), "utf8")).toContain('"value":1');
    await journal.close();
  });

  test.skipIf(!canMount)("a full disk refuses the line and leaves the chain whole", async () => {
    const disk = await smallDisk(16);
    const site = join(disk.folder, "a.site.json");
    const journal = await store.open(site);
    await journal.append("kept", {});

    const tooMuch = journal.append("lost", { pad: "x".repeat(60_000) });

    await expect(tooMuch).rejects.toMatchObject({ fault: { code: "file.unwritable", reason: "diskFull" } });
    await journal.append("after", {});
    await journal.close();
    const again = await store.open(site);
    expect(again.opened).toEqual({ cutBytes: 0, brokenAtLine: undefined });
    expect(again.entries.map((entry) => entry.kind)).toEqual(["kept", "after"]);
    await again.close();
  });

  test.skipIf(!canMount)("evidence on a write-protected stick can be read", async () => {
    const disk = await smallDisk(64);
    const site = join(disk.folder, "a.site.json");
    const journal = await store.open(site);
    await journal.append("a", {});
    await journal.close();
    await chmod(evidencePath(site), 0o444);
    disk.lock();

    const again = await store.open(site);

    expect(again.entries).toHaveLength(1);
    await expect(again.append("b", {})).rejects.toMatchObject({ fault: { reason: "readOnly" } });
    await again.close();
  });

  test("a copy is what stands in the file, and its chain is followed to any of its lines", async () => {
    const site = join(await tempFolder(), "a.site.json");
    const journal = await store.open(site);
    await journal.append("a", { text: "线路" });
    const { head } = await journal.copy();
    await journal.append("b", {});
    const copy = await journal.copy();
    await journal.close();

    expect(copy).toEqual({
      bytes: new Uint8Array(await readFile(evidencePath(site))),
      lines: 2,
      head: copy.head,
    });
    expect(store.inspect(copy.bytes, 1)).toEqual({
      lines: 2,
      tornBytes: 0,
      brokenAtLine: undefined,
      headThere: head,
    });
    expect(store.inspect(copy.bytes, 2).headThere).toBe(copy.head);
    expect(store.inspect(copy.bytes, 3).headThere).toBeUndefined();
    const torn = copy.bytes.subarray(0, -1);
    expect(store.inspect(torn, 2)).toMatchObject({ lines: 1, headThere: undefined });
    expect(store.inspect(torn, 2).tornBytes).toBeGreaterThan(0);
  });

  test("kill -9 loses no acknowledged line", async () => {
    const folder = await tempFolder();
    const site = join(folder, "a.site.json");
    const child = spawn(process.execPath, [await bundled("appendForever.ts", folder), site]);
    const exited = once(child, "exit");
    let acknowledged = "";
    child.stdout.on("data", (text) => {
      acknowledged += text;
    });
    await until(() => acknowledged.length > 500, "a hundred acknowledged lines", 10_000);

    child.kill("SIGKILL");
    await exited;
    const journal = await store.open(site);

    const last = Number(acknowledged.slice(0, acknowledged.lastIndexOf("\n")).split("\n").at(-1));
    expect(last).toBeGreaterThan(100);
    expect(journal.entries.length).toBeGreaterThanOrEqual(last);
    expect(journal.opened.brokenAtLine).toBeUndefined();
    await journal.append("after the kill", {});
    await journal.close();
  });
});

function hash(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}

/** One file that plain node runs, of a script beside this test. */
async function bundled(script: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, script),
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: "child.mjs", format: "es" } },
    },
  });
  return join(outDir, "child.mjs");
}
