import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench, trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
});
afterAll(() => bench.close());

/** Kinds of a job's lines in the evidence file. */
async function evidenceOf(job: string): Promise<readonly string[]> {
  const path = bench.tables.site.get("site")?.path.replace(".site.json", ".evidence.jsonl") ?? "";
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ body }) => body.job === job)
    .map(({ kind }) => kind);
}

test("a scan finds the units that answer, says who they are, and no others", async () => {
  const job = await bench.job("scan", { line: "rtu", from: 1, to: 4 });

  expect(job).toMatchObject({ state: "done", good: true, failure: null, doing: null, done: 4, total: 4 });
  expect(job.detail.units).toMatchObject([
    { number: 1, identity: "Lastmile Training Meter 3.3", answered: "data" },
    { number: 3, identity: "Lastmile Training Pump 1.8", answered: "data" },
  ]);
  expect(job.detail.listenedMs).toBeGreaterThan(2000);
});

test("a second scan is refused while one runs, and cancelling keeps what was found", async () => {
  const { jobId } = await bench.call("job.scan", { line: "rtu", from: 1, to: 40 });
  expect(await thrown(bench.call("job.scan", { line: "plc", from: 1, to: 2 }))).toMatchObject({
    code: "job.running",
    kind: "scan",
  });
  await until(() => {
    const { detail } = bench.tables.jobs.get(jobId) ?? {};
    return detail?.kind === "scan" && detail.units.length === 2;
  }, "two units");

  await bench.call("job.cancel", { jobId });
  expect(bench.tables.jobs.get(jobId)?.state).toBe("stopping");
  const job = await bench.open.jobEnded(jobId);

  expect(job).toMatchObject({ state: "cancelled", good: false, doing: null });
  expect(job.detail).toMatchObject({ units: [{ number: 1 }, { number: 3 }] });
  expect(await evidenceOf(jobId)).toEqual(["job.started", "job.unitFound", "job.unitFound", "job.ended"]);
  await bench.call("job.cancel", { jobId });
  expect(await thrown(bench.call("job.cancel", { jobId: "none" }))).toMatchObject({ code: "job.unknown" });
});

test("a person looks at registers of a unit, and learns which it does not have", async () => {
  const asked = { line: "rtu", unit: 1, area: "holding", offset: 0, count: 10 } as const;

  const { words, latencyMs } = await bench.call("line.read", asked);
  expect(words).toHaveLength(10);
  expect(latencyMs).toBeGreaterThan(0);

  const beyond = await thrown(bench.call("line.read", { ...asked, offset: 9000 }));
  expect(beyond).toMatchObject({ code: "line.exception", exception: 2 });
});

test("a scan that was stopped goes on by its id, with what it found and without asking that again", async () => {
  const { jobId } = await bench.call("job.scan", { line: "rtu", from: 1, to: 8 });
  await until(() => {
    const { detail } = bench.tables.jobs.get(jobId) ?? {};
    return detail?.kind === "scan" && detail.asked >= 3;
  }, "three units asked");
  await bench.call("job.cancel", { jobId });
  await bench.open.jobEnded(jobId);
  const sent = bench.tables.wire.items().length;

  const job = await bench.job("scan", { line: "rtu", from: 1, to: 247, continues: jobId });

  expect(job).toMatchObject({ state: "done", detail: { from: 1, to: 8, asked: 8 } });
  expect(job.detail.units.map((unit) => unit.number)).toEqual([1, 3]);
  const asked = bench.tables.wire.items().slice(sent);
  expect(asked.length).toBeGreaterThan(0);
  expect(Math.min(...asked.map((frame) => frame.unit ?? 0))).toBeGreaterThanOrEqual(4);
  const other = { line: "plc", from: 1, to: 8, continues: jobId };
  expect(await thrown(bench.call("job.scan", other))).toMatchObject({ code: "job.unknown" });
});

test("a line closed under a scan ends it, and its port stays closed", async () => {
  const { jobId } = await bench.call("job.scan", { line: "rtu", from: 4, to: 16 });
  await until(() => bench.tables.links.get("line:rtu")?.state === "ok", "the line talking", 6000);

  await bench.call("line.close", { line: "rtu" });
  const job = await bench.open.jobEnded(jobId);

  expect(job).toMatchObject({ state: "failed", failure: { code: "line.lost" } });
  expect(bench.tables.links.get("line:rtu")).toBeUndefined();
});

test("a table with a wrong row says where and why, and changes nothing", async () => {
  const before = bench.site();
  const rows = trainingTable.split("\n");
  rows[16] = (rows[16] ?? "").replace(/,\d+!\d+/, ",3!999999");
  await bench.call("upload.append", { id: "bad", text: rows.slice(0, 10).join("\n") });
  await bench.call("upload.append", { id: "bad", text: `\n${rows.slice(10).join("\n")}` });

  const preview = await bench.call("tags.preview", { uploadId: "bad", line: "rtu" });

  expect(preview).toMatchObject({ rows: 40, good: 39, added: 39, changed: 0 });
  expect(preview.problems).toMatchObject([
    { code: "address.malformed", at: { row: 17, column: "address" }, facts: { text: "3!999999" } },
  ]);
  expect(bench.site()).toEqual(before);
  expect(await thrown(bench.call("tags.import", { importId: "none" }))).toMatchObject({
    code: "input.invalid",
  });
  expect(await thrown(bench.call("tags.preview", { uploadId: "none", line: "rtu" }))).toMatchObject({
    code: "input.invalid",
  });
});

test("a good table is taken whole, and what goes out comes in the same", async () => {
  await bench.importTags();
  const tags = bench.site().tags;
  expect(tags).toHaveLength(40);

  const { download } = await bench.call("tags.export", {});
  const { base64, done } = await bench.call("download.read", { id: download, offset: 0 });
  await bench.call("upload.append", { id: "back", text: Buffer.from(base64, "base64").toString("utf8") });
  const preview = await bench.call("tags.preview", { uploadId: "back", line: "plc" });

  expect(done).toBe(true);
  expect(preview).toMatchObject({ same: 40, added: 0, changed: 0, problems: [] });
});

const live = (key: string) => bench.tables.live.get(key);

test("live values follow the tags as they are edited", async () => {
  await bench.importTags();
  const [tag] = bench.site().tags.filter((one) => one.line === "plc" && one.type === "float");
  if (!tag) throw new Error("the training table has a float on the PLC");
  await bench.call("live.start", {});
  await until(
    () => bench.tables.live.items().filter((one) => one.quality === "good").length === 40,
    "all",
    9000,
  );
  const before = live(tagKey(tag));

  const other = tag.address.order === "LB" ? "BL" : "LB";
  await bench.edit({
    kind: "changeTags",
    changes: [{ keys: [tagKey(tag)], to: { address: { ...tag.address, order: other } } }],
  });
  await until(() => {
    const now = live(tagKey(tag));
    return (
      Math.abs((now?.number ?? 0) / (before?.number ?? 1)) > 3 || now?.number === null || isTiny(now?.number)
    );
  }, "the value in another order");
  await bench.call("site.undo", {});
  await until(
    () => Math.abs((live(tagKey(tag))?.number ?? 0) - (before?.number ?? 0)) < 2,
    "the value in its own order again",
  );
  await bench.edit({ kind: "removeTags", keys: [tagKey(tag)] });
  expect(live(tagKey(tag))).toBeUndefined();
  await bench.call("site.undo", {});
  await until(() => live(tagKey(tag))?.quality === "good", "the value of the tag that is back");
  await bench.call("live.stop", {});
  expect(bench.tables.session.get("session")?.reading).toBe(false);
});

function isTiny(number: number | undefined): boolean {
  return number !== undefined && Math.abs(number) < 1e-3;
}

test("a line that was let go stays so while values are read, until they are asked for again", async () => {
  await bench.importTags();
  await bench.call("live.start", {});
  const good = (line: string) =>
    bench.tables.live.items().filter((one) => one.key.startsWith(`${line}/`) && one.quality === "good");
  await until(() => good("rtu").length > 0 && good("plc").length > 0, "values", 8000);

  await bench.call("line.close", { line: "rtu" });
  const closedAt = Date.now();
  const framesOf = (line: string) =>
    bench.tables.wire.items().filter((one) => one.line === line && one.at > closedAt);
  await until(() => good("rtu").length === 0, "the line's tags without values");
  // A line opened again would be listened to for three seconds before anything is sent.
  const isLater = ({ at }: { readonly at: number }) => at > closedAt + 4000;
  await until(() => framesOf("plc").some(isLater), "more rounds on the other line", 8000);

  expect(framesOf("rtu")).toEqual([]);
  expect(bench.tables.links.get("line:rtu")).toBeUndefined();
  await bench.call("live.stop", {});
  await bench.call("live.start", {});
  await until(() => good("rtu").length > 0, "values again", 8000);
  await bench.call("live.stop", {});
});

test("a line that cannot be opened leaves its own tags without a value, not the others'", async () => {
  await bench.importTags();
  const plc = bench.site().lines.find((line) => line.id === "plc") as Site["lines"][number];
  if (plc.kind !== "tcp") throw new Error("the PLC is on TCP");
  await bench.edit({ kind: "putLine", line: { ...plc, port: 9 } });
  await bench.edit({
    kind: "putLine",
    line: { ...(bench.site().lines[0] as Site["lines"][number]), id: "new", name: "new", port: "" } as never,
  });
  const [tag] = bench.site().tags;
  await bench.edit({ kind: "putTags", tags: [{ ...tag, line: "new" } as never], groups: [] });

  await bench.call("live.start", {});

  const count = (line: string, code: string | undefined) =>
    bench.tables.live.items().filter((one) => one.key.startsWith(`${line}/`) && one.failure?.code === code)
      .length;
  const own = (line: string) => bench.site().tags.filter((one) => one.line === line).length;
  await until(() => count("plc", "line.unreachable") === own("plc"), "the PLC's tags without a value");
  await until(() => count("rtu", undefined) === own("rtu"), "the line's values", 8000);
  expect(count("new", "line.settingsInvalid")).toBe(1);
  expect(bench.tables.session.get("session")?.reading).toBe(true);
  await bench.edit({ kind: "putLine", line: plc });
  await until(() => count("plc", undefined) === own("plc"), "the PLC's values at its old place");
  await bench.call("live.stop", {});
});

test("closing the site ends its jobs and lets every line go", async () => {
  const path = bench.tables.site.get("site")?.path ?? "";
  const { jobId } = await bench.call("job.scan", { line: "rtu", from: 100, to: 110 });
  await until(() => bench.tables.links.get("line:rtu") !== undefined, "the line in use");

  await bench.call("site.close", {});

  for (const table of ["site", "tags", "jobs", "links", "live"] as const)
    expect(bench.tables[table].items()).toEqual([]);
  expect(await bench.open.jobEnded(jobId)).toBeUndefined();
  await bench.call("site.open", { path });
  expect(bench.tables.jobs.items(), "a job that was cancelled is not interrupted").toEqual([]);
});
