import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { newLine } from "#domain/site/newSite.ts";
import { parseSite } from "#domain/site/siteFile.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { canMount, smallDisk, tempFolder } from "#test/support/tempFolder.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

async function workbench(folder?: string): Promise<TestWorkbench> {
  const bench = await testWorkbench({ folder: folder ?? (await tempFolder()) });
  onTestFinished(() => bench.open.close().catch(() => undefined));
  return bench;
}

const pathOf = ({ tables }: TestWorkbench) => tables.site.get("site")?.path ?? "";
const note = (text: string) =>
  ({ kind: "describe", name: "North", path: [], engineer: "", note: text }) as const;

async function noteOnDisk(path: string): Promise<string> {
  const site = parseSite(await readFile(path, "utf8"));
  return site.ok ? site.value.note : "not a site";
}

test("a new site is on the disk at once, and an edit within 300 ms", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: ["Water"] });
  expect(await noteOnDisk(pathOf(bench))).toBe("");

  const startedAt = performance.now();
  await bench.edit(note("pump 2 hums"));
  await until(async () => (await noteOnDisk(pathOf(bench))) === "pump 2 hums", "the edit on the disk", 1000);

  expect(performance.now() - startedAt).toBeLessThan(300);
  await until(() => bench.tables.site.get("site")?.saved === "saved", "the saved state");
});

test("edits made while a save is under way are saved too", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });

  // The state lasts as long as one write to the disk: too short to be looked for, so it is listened to.
  const saving = new Promise<void>((resolve) => {
    const stop = bench.tables.site.watch({
      changed: (key) => {
        if (bench.tables.site.get(key)?.saved !== "saving") return;
        stop();
        resolve();
      },
      removed: () => undefined,
    });
  });
  await bench.edit(note("first"));
  await saving;
  await bench.edit(note("second"));
  await bench.edit(note("third"));

  await until(async () => (await noteOnDisk(pathOf(bench))) === "third", "the last edit on the disk");
});

test("an edit of the last moment is saved by closing, and an old client may close twice", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  await bench.edit(note("last words"));

  await Promise.all([bench.call("site.close", {}), bench.call("site.close", {})]);

  expect(await noteOnDisk(path)).toBe("last words");
  expect(bench.tables.site.items()).toEqual([]);
});

test("every kind of edit is undone and redone, back to the first and forth to the last", async () => {
  const bench = await workbench();
  await bench.call("site.training", {});
  const states = [bench.site()];
  await bench.importTags();
  states.push(bench.site());
  const [first] = bench.site().tags;
  if (!first) throw new Error("no tag was imported");
  await bench.edit({ kind: "changeTags", changes: [{ keys: [tagKey(first)], to: { name: "renamed" } }] });
  states.push(bench.site());
  await bench.edit({ kind: "removeLine", id: "plc" });
  states.push(bench.site());
  await bench.edit({ kind: "putLine", line: newLine("tcp", "new", "new") });
  await bench.edit({ kind: "setUplink", uplink: null });
  states.push(bench.site());

  await bench.call("site.undo", {});
  for (const state of states.slice(0, -1).toReversed()) {
    await bench.call("site.undo", {});
    expect(bench.site()).toEqual(state);
  }
  expect(bench.tables.site.get("site")).toMatchObject({ canUndo: false, canRedo: true });
  await bench.call("site.undo", {});
  for (const state of states.slice(1, -1)) {
    await bench.call("site.redo", {});
    expect(bench.site()).toEqual(state);
  }
  await bench.call("site.redo", {});
  await bench.call("site.redo", {});
  expect(bench.site()).toEqual(states.at(-1));
  expect(bench.tables.site.get("site")).toMatchObject({ canRedo: false });
});

test("a reopened site is as it was left, its evidence goes on", async () => {
  const folder = await tempFolder();
  const bench = await workbench(folder);
  await bench.call("site.create", { name: "North", path: ["Water"] });
  await bench.edit({ kind: "putLine", line: newLine("tcp", "a", "plc") });
  const before = bench.site();
  const path = pathOf(bench);
  await bench.open.close();

  const again = await workbench(folder);
  await again.call("site.open", { path });

  expect(again.site()).toEqual(before);
  expect(again.tables.site.get("site")?.evidence.lines).toBe(2);
});

test("two pages that open a site at once both get it", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  await bench.call("site.create", { name: "South", path: [] });

  await Promise.all([bench.call("site.open", { path }), bench.call("site.open", { path })]);

  expect(bench.site().name).toBe("North");
});

test("a file of a newer format, a cut file and a foreign one are refused and left as they are", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  await bench.call("site.close", {});
  const text = await readFile(path, "utf8");

  const newer = text.replace(/"format": \d+/, '"format": 99');
  await writeFile(path, newer);
  expect(await thrown(bench.call("site.open", { path }))).toMatchObject({
    code: "file.newerFormat",
    format: 99,
  });
  expect(await readFile(path, "utf8")).toBe(newer);

  await writeFile(path, text.slice(0, text.length / 2));
  expect(await thrown(bench.call("site.open", { path }))).toMatchObject({ code: "file.notJson" });
  await writeFile(path, "[]");
  expect(await thrown(bench.call("site.open", { path }))).toMatchObject({ code: "file.notASite" });
  await writeFile(path, text);
  await bench.call("site.open", { path });
  expect(bench.site().name).toBe("North");
});

test("what somebody else wrote is never overwritten, and is there after opening again", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  const outside = (await readFile(path, "utf8")).replace('"note": ""', '"note": "from git"');
  await writeFile(path, outside);

  await bench.edit(note("mine"));
  await until(() => bench.tables.site.get("site")?.notice?.code === "file.changedOutside", "the notice");

  expect(await readFile(path, "utf8")).toBe(outside);
  const refusal = { code: "file.changedOutside" };
  expect(await thrown(bench.edit(note("again")))).toMatchObject(refusal);
  expect(await thrown(bench.call("site.undo", {}))).toMatchObject(refusal);
  await bench.call("site.open", { path });
  expect(bench.site().note).toBe("from git");
  await bench.edit(note("on top"));
  await until(async () => (await noteOnDisk(path)) === "on top", "the edit on the disk");
});

test("a site whose evidence was tampered with opens read-only and says so", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  await bench.call("site.close", {});
  await appendFile(path.replace(".site.json", ".evidence.jsonl"), '{"seq":9}\n');

  await bench.call("site.open", { path });

  expect(bench.tables.site.get("site")?.notice).toMatchObject({ code: "journal.broken", facts: { line: 2 } });
  expect(await thrown(bench.edit(note("x")))).toMatchObject({ code: "site.readOnly" });
});

test("the cut of a torn line of evidence is shown and recorded", async () => {
  const bench = await workbench();
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  const evidence = path.replace(".site.json", ".evidence.jsonl");
  await bench.call("site.close", {});
  const whole = await readFile(evidence);
  await appendFile(evidence, whole.subarray(0, 40));

  await bench.call("site.open", { path });

  expect(bench.tables.site.get("site")?.evidence).toMatchObject({ cutBytes: 40, lines: 3 });
  expect(await readFile(evidence, "utf8")).toContain('"kind":"journal.cut"');
});

test("a missing file, a locked one and an unknown edit change nothing", async () => {
  const folder = await tempFolder();
  const bench = await workbench(folder);
  expect(await thrown(bench.edit(note("x")))).toMatchObject({ code: "site.none" });
  expect(await thrown(bench.call("site.open", { path: `${folder}/none.site.json` }))).toMatchObject({
    code: "file.notFound",
  });
  await bench.call("site.create", { name: "North", path: [] });
  const second = await workbench(folder);

  expect(await thrown(second.call("site.open", { path: pathOf(bench) }))).toMatchObject({
    code: "file.locked",
  });
  expect(await thrown(bench.edit({ kind: "removeLine", id: "none" }))).toMatchObject({
    code: "line.unknown",
  });
  expect(bench.tables.site.get("site")).toMatchObject({ canUndo: false, saved: "saved" });
});

test.skipIf(!canMount)("a full disk keeps the site open until its edits can be saved", async () => {
  const { folder } = await smallDisk(96);
  const bench = await workbench(folder);
  await bench.call("site.create", { name: "North", path: [] });
  const path = pathOf(bench);
  await writeFile(`${folder}/other`, Buffer.alloc(60_000)).catch(() => undefined);
  await writeFile(`${folder}/rest`, Buffer.alloc(60_000)).catch(() => undefined);

  await bench.edit(note("does not fit"));
  await until(() => bench.tables.site.get("site")?.notice?.code === "file.unwritable", "the notice");

  expect(bench.tables.site.get("site")).toMatchObject({
    saved: "unsaved",
    notice: { facts: { reason: "diskFull" } },
  });
  expect(await noteOnDisk(path)).toBe("");
  expect(await thrown(bench.call("site.close", {}))).toMatchObject({ code: "file.unwritable" });
  expect(bench.site().note).toBe("does not fit");
  await truncate(`${folder}/other`);
  await truncate(`${folder}/rest`);
  await bench.edit(note("fits"));
  await until(async () => (await noteOnDisk(path)) === "fits", "the edit on the disk", 1000);
  expect(bench.tables.site.get("site")?.notice).toBeNull();
  await bench.call("site.close", {});
});
