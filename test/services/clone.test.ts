import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JobView } from "#contract/views.ts";
import { openBundle } from "#domain/bundle/bundle.ts";
import { parseSite } from "#domain/site/siteFile.ts";
import { simulatedSite } from "#test/hosts/cli/simulated.ts";
import { type TestWorkbench, testWorkbench, trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

const issuedAt = "2026-11-23T08:00:00.000Z";
const table = (sites: number) =>
  [
    "name;path;serial;key;gateway.url",
    ...Array.from({ length: sites }, (_, at) => {
      const own = Buffer.alloc(32, String(at).padStart(8, "x"));
      return `站点 ${1000 + at};Water/S${at};GW-${at};${own.toString("base64")};http://10.0.${at >> 8}.${at & 255}:7000`;
    }),
  ].join("\r\n");

let bench: TestWorkbench;
let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  bench = await testWorkbench();
  await bench.call("site.create", { name: "Template", path: [] });
  for (const line of simulatedSite.lines) await bench.edit({ kind: "putLine", line });
  await bench.edit({ kind: "setGateway", gateway: simulatedSite.gateway });
  await bench.edit({ kind: "setUplink", uplink: simulatedSite.uplink });
  await bench.importTags(trainingTable);
});
afterEach(async () => {
  await bench.close();
  await rm(place, { recursive: true, force: true });
});

async function cloneTo(name: string, text: string): Promise<JobView> {
  await bench.call("upload.append", { id: "t", text: Buffer.from(text).toString("base64") });
  return bench.job("clone", { uploadId: "t", folder: join(place, name), issuedAt });
}

test("each row becomes a site with its evidence and a bundle that checks, the same bytes the next time", async () => {
  const job = await cloneTo("one", table(12));
  await cloneTo("two", table(12));

  expect(job).toMatchObject({ state: "done", good: true, detail: { sites: 12, made: 12 } });
  const index = (await readFile(join(place, "one", "index.csv"), "utf8")).trim().split("\r\n");
  expect(index).toHaveLength(13);
  for (let at = 0; at < 12; at++) {
    const slug = `站点-${1000 + at}`;
    const bytes = await readFile(join(place, "one", slug, `${slug}-1.lastmile`));
    const opened = openBundle(bytes, bench.world.crypto);
    const site = parseSite(await readFile(join(place, "one", slug, `${slug}.site.json`), "utf8"));
    if (!opened.ok || !site.ok) throw new Error("what was made cannot be read");
    expect(opened.value.manifest).toMatchObject({
      seq: 1,
      issuedAt,
      site: { id: site.value.id, name: `站点 ${1000 + at}` },
      gateway: { serial: `GW-${at}`, keyFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(index[at + 1]).toContain(opened.value.digest);
    const label = await readFile(join(place, "one", slug, "label.html"), "utf8");
    expect(label).toContain(`GW-${at}`);
    expect(label).toContain((opened.value.digest.match(/.{4}/g) ?? []).join(" "));
    expect(site.value.tags).toHaveLength(bench.site().tags.length);
    expect(await readFile(join(place, "two", slug, `${slug}-1.lastmile`))).toEqual(bytes);
  }
});

test("the next bundle of a clone is its second, for the gateway that the table named", async () => {
  await cloneTo("all", table(1));
  await bench.call("site.open", { path: join(place, "all", "站点-1000", "站点-1000.site.json") });

  const { detail } = await bench.job("bundle");

  expect(detail.name).toBe("站点-1000-2.lastmile");
  const opened = openBundle(await downloaded(detail.download), bench.world.crypto);
  expect(opened).toMatchObject({ ok: true, value: { manifest: { seq: 2, gateway: { serial: "GW-0" } } } });
});

test("a table to fill in is saved, looked at as it comes back, and made beside the site's file", async () => {
  const [line] = bench.site().lines.filter(({ kind }) => kind === "tcp");
  await bench.edit({ kind: "describe", name: "Template", path: [], engineer: "{{engineer}}", note: "" });
  const { download, variables } = await bench.call("clone.table", {});
  expect(variables).toEqual(["engineer"]);
  const text = (await downloaded(download)).toString();
  const [head = "", row = ""] = text.slice(1).split("\r\n");
  expect(head).toBe(`name,path,serial,key,gateway.url,lines.${line?.name}.host,engineer`);
  const look = async (table: string) => {
    await bench.call("upload.append", { id: "l", text: Buffer.from(table).toString("base64") });
    return bench.call("clone.look", { uploadId: "l" });
  };

  expect(await look(text)).toMatchObject({
    sites: 1,
    problems: [{ code: "clone.cellMissing", at: { row: 2 } }],
  });
  const filled = `\uFEFF${head}\r\n${row}Li Wei\r\n`;
  expect(await look(filled)).toMatchObject({ sites: 1, first: [{ name: "Template", folder: "template" }] });

  await bench.call("upload.append", { id: "t", text: Buffer.from(filled).toString("base64") });
  const { detail } = await bench.job("clone", { uploadId: "t", folder: "many" });
  expect(detail.folder).toBe(join(bench.folder, "many"));
  expect(await readFile(join(detail.folder, "template", "template.site.json"), "utf8")).toContain("Li Wei");
});

test("a wrong row, a folder that is there, and a cancel leave nothing behind", async () => {
  const wrong = await cloneTo("all", table(3).replace("GW-2", "GW 2"));
  expect(wrong.failure).toMatchObject({ code: "clone.serialInvalid", at: { row: 4, column: "serial" } });
  expect(await readdir(place)).toEqual([]);

  await cloneTo("all", table(1));
  expect((await cloneTo("all", table(2))).failure).toMatchObject({ code: "file.exists" });
  expect((await readdir(join(place, "all"))).sort()).toEqual(["index.csv", "labels.html", "站点-1000"]);

  await bench.call("upload.append", { id: "t", text: Buffer.from(table(400)).toString("base64") });
  const { jobId } = await bench.call("job.clone", { uploadId: "t", folder: join(place, "many") });
  await until(
    () => {
      const detail = bench.tables.jobs.get(jobId)?.detail;
      return detail?.kind === "clone" && detail.made > 0;
    },
    "the first clone",
    30_000,
  );
  await bench.call("job.cancel", { jobId });
  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled" });
  expect(await readdir(place)).toEqual(["all"]);
});

async function downloaded(download: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let offset = 0, done = false; !done; ) {
    const part = await bench.call("download.read", { id: download, offset });
    parts.push(Buffer.from(part.base64, "base64"));
    offset = part.next;
    done = part.done;
  }
  return Buffer.concat(parts);
}
