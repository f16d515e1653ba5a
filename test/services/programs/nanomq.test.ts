import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nanomqs } from "#adapters/programs/nanomq.ts";
import type { Nanomqs } from "#capabilities/nanomqApi.ts";
import type { Bridge } from "#domain/site/site.ts";
import { openBroker } from "#simulator/broker.ts";
import type { Listening } from "#simulator/listening.ts";
import { openNanomq, type VirtualNanomq } from "#simulator/nanomq/nanomq.ts";
import { usualFile } from "#simulator/nanomq/usualFile.ts";
import { thrown } from "#test/support/thrown.ts";
import { bridgedFile } from "../../support/nanomqFile.ts";
import { until } from "../../support/until.ts";
import { applyBridge, bridgeTo, openBridgeBench, signInNanomq, siteWith } from "./bridgeBench.ts";

let cloud: Listening;
let nanomq: VirtualNanomq;
let open: Awaited<ReturnType<typeof openBridgeBench>>;
const url = () => `http://127.0.0.1:${nanomq.port}`;

beforeAll(async () => {
  cloud = await openBroker("127.0.0.1", 0, { username: "pump", password: "s3cret" });
});
afterAll(() => cloud.close());
afterEach(async () => {
  await open?.close();
  await nanomq?.close();
});

async function begin(
  world: { file?: string; handsOutFile?: boolean },
  changes: Partial<Bridge> = {},
  times = 5,
) {
  nanomq = await openNanomq({ host: "127.0.0.1", port: 0, ...world });
  const account = { username: "pump", ...changes };
  open = await openBridgeBench(siteWith(bridgeTo(cloud.port, url(), account)), { times });
  await open.bench.call("bridge.setPassword", { password: "s3cret" });
  return open.bench;
}

/** What the broker shows now. */
async function shown(): Promise<Record<string, unknown>[]> {
  const reply = await fetch(`${url()}/api/v4/bridges/`, {
    headers: { Authorization: `Basic ${btoa("admin:public")}` },
  });
  const { data } = (await reply.json()) as { data: { bridge: { nodes: Record<string, unknown>[] } } };
  return data.bridge.nodes;
}

describe("a NanoMQ that does not give out its file (0.25.5)", () => {
  test("gets a new bridge with the file that was handed in; everything else in it stays, byte for byte", async () => {
    const bench = await begin({});
    await signInNanomq(bench, url(), usualFile);

    const applied = await applyBridge(bench);

    expect(applied).toMatchObject({ state: "done", good: true, failure: null });
    expect(applied.detail.stages.map(({ key, state }) => `${key} ${state}`)).toEqual([
      "stage.snapshot good",
      "stage.validate good",
      "stage.apply good",
      "stage.compare good",
      "stage.programUp good",
    ]);
    expect(nanomq.file.startsWith(usualFile.trimEnd())).toBe(true);
    expect(nanomq.starts).toBe(2);
    expect(await shown()).toMatchObject([
      { name: "cloud", connector: { clientid: "site42-bridge", keepalive: 30 } },
    ]);
    expect(await bench.call("program.diff", { program: "nanomq" })).toMatchObject({ equal: true });
    expect(bench.tables.programs.get("nanomq")).toMatchObject({
      differences: 0,
      unfinishedSince: null,
      items: [{ name: "cloud", own: true, running: true }],
    });
  });

  test("without its file, a new bridge is refused before anything is sent", async () => {
    const bench = await begin({});
    await signInNanomq(bench, url());

    const applied = await applyBridge(bench);

    expect(applied).toMatchObject({ state: "failed", failure: { code: "nanomq.fileNeeded" } });
    expect(nanomq.file).toBe(usualFile);
    expect(nanomq.starts).toBe(1);
  });

  test("without its file, a bridge that it has is changed while it runs", async () => {
    const bench = await begin({ file: bridgedFile(cloud.port) });
    await signInNanomq(bench, url());

    const applied = await applyBridge(bench);

    expect(applied).toMatchObject({ state: "done", good: true });
    expect(nanomq.starts).toBe(1);
    expect(await shown()).toMatchObject([
      { connector: { clientid: "site42-bridge", keepalive: 30, username: "pump", password: "s3cret" } },
    ]);
  });

  test("another broker's file is not taken", async () => {
    const bench = await begin({ file: bridgedFile(cloud.port) });

    const error = await thrown(signInNanomq(bench, url(), usualFile));

    expect(error).toMatchObject({ code: "nanomq.fileOther", name: "cloud" });
  });

  test("a file that would end the broker is refused with its place", async () => {
    const bench = await begin({});

    const error = await thrown(signInNanomq(bench, url(), "mqtt {\n  a = 1, b = 2\n}\n"));

    expect(error).toMatchObject({ code: "hocon.syntax", line: 2, column: 8 });
    expect(nanomq.isRunning).toBe(true);
  });
});

test("a bridge that does not reach the cloud is put back: file and running bridges are the old ones", async () => {
  const bench = await begin({ file: bridgedFile(cloud.port), handsOutFile: true }, {}, 10);
  const before = { file: nanomq.file, bridges: await shown() };
  await bench.call("bridge.setPassword", { password: "wrong" });
  await signInNanomq(bench, url());

  const applied = await applyBridge(bench);

  expect(applied).toMatchObject({
    state: "failed",
    failure: { code: "gateway.rolledBack", facts: { because: "program.unhealthy" } },
  });
  expect({ file: nanomq.file, bridges: await shown() }).toEqual(before);
});

test("a power cut between the file and the restart ends in the old file, although the broker does not show its file", async () => {
  nanomq = await openNanomq({ host: "127.0.0.1", port: 0, file: bridgedFile(cloud.port) });
  const before = nanomq.file;
  let asked = 0;
  /** the first restart is never carried out */
  const stuck: Nanomqs = {
    async signIn(...account) {
      const session = await nanomqs().signIn(...account);
      const never = (signal: AbortSignal) =>
        new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return { ...session, restart: (signal) => (asked++ === 0 ? never(signal) : session.restart(signal)) };
    },
  };
  // Only the queue differs, which the broker does not show either.
  const bridge = bridgeTo(cloud.port, url(), {
    clientId: "bridge_site42",
    keepAliveSeconds: 15,
    forwards: [{ local: "edge42/#", remote: "", qos: 1 }],
    queueLength: 4096,
  });
  open = await openBridgeBench(siteWith(bridge), { api: stuck });
  await signInNanomq(open.bench, url(), before);
  void applyBridge(open.bench);
  await until(() => asked > 0, "the order to restart");
  expect(nanomq.file).toContain("max_send_queue_len = 4096");
  const after = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  onTestFinished(() => rm(after, { recursive: true, force: true }));
  for (const name of ["bridge.site.json", "bridge.evidence.jsonl"])
    await copyFile(join(open.folder, name), join(after, name));

  const { bench } = await openBridgeBench(undefined, { folder: after });
  onTestFinished(() => bench.open.close());
  await signInNanomq(bench, url());

  expect(bench.tables.programs.get("nanomq")?.unfinishedSince).not.toBeNull();
  expect(await applyBridge(bench, "rollback")).toMatchObject({ state: "done", good: true });
  expect(nanomq.file).toBe(before);
  expect(bench.tables.programs.get("nanomq")?.unfinishedSince).toBeNull();
});

test("what was changed is put back on demand, and that too", async () => {
  const bench = await begin({ file: bridgedFile(cloud.port), handsOutFile: true });
  const before = nanomq.file;
  await signInNanomq(bench, url());
  await applyBridge(bench);
  const after = nanomq.file;

  expect(await applyBridge(bench, "rollback")).toMatchObject({ state: "done", good: true });
  expect(nanomq.file).toBe(before);
  expect(await applyBridge(bench, "rollback")).toMatchObject({ state: "done", good: true });
  expect(nanomq.file).toBe(after);
});

test("a bridge that the site wants no more goes, and others stay", async () => {
  const bench = await begin({ file: bridgedFile(cloud.port), handsOutFile: true }, { name: "mine" });
  await signInNanomq(bench, url());
  await applyBridge(bench);
  expect((await shown()).map(({ name }) => name)).toEqual(["cloud", "mine"]);

  await bench.edit({ kind: "setBridge", bridge: null });
  const applied = await applyBridge(bench);

  expect(applied).toMatchObject({ state: "done", good: true });
  expect((await shown()).map(({ name }) => name)).toEqual(["cloud"]);
});

test("what runs there is taken into the site, its password into the kept secrets, and nothing differs then", async () => {
  const bench = await begin({ file: bridgedFile(cloud.port), handsOutFile: true });
  await bench.edit({ kind: "setBridge", bridge: null });
  await signInNanomq(bench, url());

  await bench.call("program.take", { program: "nanomq", item: null });

  expect(bench.site().bridge).toMatchObject({
    name: "cloud",
    clientId: "bridge_site42",
    keepAliveSeconds: 15,
  });
  // Only what the broker does not show is the site's own: its queue.
  expect(await bench.call("program.diff", { program: "nanomq" })).toMatchObject({
    rows: [{ kind: "setting", item: "cloud", field: "max_send_queue_len", wanted: "1024", running: "64" }],
  });
  await bench.call("site.undo", {});
  expect(bench.site().bridge).toBeUndefined();
});

test("no password is in the site file, the evidence or the diff", async () => {
  const bench = await begin({});
  await signInNanomq(bench, url(), usualFile);
  const diff = await bench.call("program.diff", { program: "nanomq" });
  await applyBridge(bench);
  await bench.open.close();

  const { readdir, readFile } = await import("node:fs/promises");
  const names = (await readdir(open.folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = await Promise.all(names.map(({ name }) => readFile(`${open.folder}/${name}`, "utf8")));

  expect(texts.length).toBeGreaterThan(1);
  expect(texts.join("\n")).not.toMatch(/s3cret|password = public/);
  expect(JSON.stringify(diff)).not.toContain("s3cret");
});
