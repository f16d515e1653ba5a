import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Site, TcpLine } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { openTcpUnit, type TcpUnit } from "#test/support/tcpUnit.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";
import { until } from "#test/support/until.ts";

const simulation = trainingSite();
let unit: TcpUnit;
let bench: TestWorkbench;
let folder: string;
let path: string;
let url: string;
let program: Program | undefined;

const offset = 6;
const held = () => unit.registers.get(offset);
const tag = "a/fast/limit";

beforeAll(async () => {
  unit = await openTcpUnit("keeps");
  unit.registers.set(offset, 420);
  const place = await simulation.start();
  url = place.gatewayUrl;
  const [one] = twoDesigns(place, url);
  const named = (name: string, place: string, access: Tag["access"], group = "fast"): Tag => {
    const address = parseAddress(place, "uint16");
    if (!address.ok) throw new Error(place);
    const like = one.tags[0] as Tag;
    return { ...like, group, name, address: address.value, type: "uint16", precision: 0, access };
  };
  const site: Site = {
    ...one,
    lines: [{ ...(one.lines[0] as TcpLine), host: "127.0.0.1", port: unit.port }],
    groups: one.groups.slice(0, 1).map((group) => ({ ...group, intervalMs: 200 })),
    tags: [
      named("limit", "1!400007", ["read", "write"]),
      named("fixed", "1!400007", ["read"]),
      named("other", "1!400011", ["read"]),
    ],
  };
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  path = join(folder, "change.site.json");
  await writeFile(path, printSite(site));
  await openSite();
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
}, 30_000);
afterAll(async () => {
  await bench.close();
  await simulation.stop();
  await unit.close();
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function openSite(): Promise<void> {
  bench = await testWorkbench({ folder });
  await bench.call("site.open", { path });
  await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
}

const stages = (job: { readonly detail: { readonly stages: readonly { key: string; state: string }[] } }) =>
  job.detail.stages.map(({ key, state }) => `${key.replace("stage.", "")} ${state}`).join(", ");
const lastPoint = () => bench.open.report().points.findLast((point) => point.key === tag);

test("a tag is asked for over MQTT, written that way, and read back", async () => {
  const read = await bench.job("downlink", { tag, value: null });
  const written = await bench.job("downlink", { tag, value: "433" });

  expect([read.detail.before, stages(read)]).toEqual(["420", "connect good, ask good"]);
  expect(stages(written)).toBe("connect good, ask good, write good, readBack good");
  expect([written.detail.before, written.detail.after, held()]).toEqual(["420", "433", 433]);
  expect(await bench.job("downlink", { tag, value: "420" })).toMatchObject({ good: true });
});

test("a write over MQTT that the device refuses is no success, whatever the gateway answers", async () => {
  unit.manner = "refuses";

  const job = await bench.job("downlink", { tag, value: "500" });

  unit.manner = "keeps";
  expect(stages(job)).toBe("connect good, ask good, write good, readBack bad");
  expect(job.failure).toMatchObject({ code: "downlink.notKept", facts: { wrote: "500", found: "420" } });
});

test("what the gateway cannot answer is a fault with its reason", async () => {
  const [like] = bench.site().tags;
  if (!like) throw new Error("no tags");
  const later = { line: "a", name: "later", intervalMs: 200 };
  await bench.edit({
    kind: "putTags",
    tags: [{ ...like, group: "later", name: "unapplied" }],
    groups: [later],
  });

  const silent = await bench.job("downlink", { tag: "a/later/unapplied", value: null });
  const refused = await bench.job("downlink", { tag: "a/fast/fixed", value: "1" });

  expect(silent.failure).toMatchObject({
    code: "downlink.silent",
    facts: { topic: "neuron/uplink/read/req", because: "groupMissing" },
  });
  expect(refused.failure?.code).toBe("tag.accessUnfit");
  await bench.call("site.undo", {});
}, 20_000);

test("an older gateway, which answers under a leading slash, is asked there too", async () => {
  const { uplink } = bench.site();
  const { signal } = new AbortController();
  const gateway = await bench.world.gateways.signIn(url, "admin", "0000", signal);
  await gateway.change({ kind: "stopNode", node: "uplink" }, signal);
  const older = await connectAsync(`mqtt://${uplink?.host}:${uplink?.port}`);
  older.on("message", (_, payload) => {
    const { uuid } = JSON.parse(payload.toString());
    older.publish("/neuron/uplink/read/resp", JSON.stringify({ uuid, tags: [{ name: "limit", value: 77 }] }));
  });
  await older.subscribeAsync("/neuron/uplink/read/req");

  const job = await bench.job("downlink", { tag, value: null });

  await older.endAsync(true);
  await gateway.change({ kind: "startNode", node: "uplink" }, signal);
  expect(job).toMatchObject({ good: true, detail: { before: "77" } });
  expect(job.detail.stages[1]?.found?.facts.topic).toBe("/neuron/uplink/read/resp");
}, 20_000);

test("a still tag is proved by a value that is written, followed to the cloud and put back", async () => {
  const job = await bench.job("stimulus", { tag, way: "write", value: "555" });

  expect(stages(job)).toBe("before good, write good, follow good, restore good");
  expect(job).toMatchObject({ good: true, detail: { before: "420", after: "555", restored: true } });
  expect(job.detail.latencyMs).toBeGreaterThan(0);
  expect(held()).toBe(420);
  expect(lastPoint()).toMatchObject({
    state: "same",
    cloud: { text: "555" },
    stimulus: { way: "write", from: "420", to: "555", restored: true },
    wire: { by: "read" },
    skewMs: expect.any(Number),
  });
  expect(bench.tables.verify.get(tag)).toMatchObject({ verdict: "same", cloud: { text: "555" } });
});

test("a gateway that shows the old value all the time is found by the change, and the value is put back", async () => {
  const gateway = await bench.world.gateways.signIn(url, "admin", "0000", new AbortController().signal);
  await gateway.change({ kind: "stopNode", node: "uplink" }, new AbortController().signal);

  const job = await bench.job("stimulus", { tag, way: "write", value: "556" });

  await gateway.change({ kind: "startNode", node: "uplink" }, new AbortController().signal);
  expect(stages(job)).toBe("before good, write good, follow bad, restore good");
  expect(job).toMatchObject({ state: "done", good: false, detail: { restored: true } });
  expect(lastPoint()).toMatchObject({ state: "failed", says: { code: "verdict.cloudMissing" } });
  expect(held()).toBe(420);
}, 20_000);

test("a value that the tag has already is refused before anything is written", async () => {
  const before = unit.functions.filter((called) => called !== 3).length;

  const job = await bench.job("stimulus", { tag, way: "write", value: "420" });

  expect(job.failure?.code).toBe("value.unchanged");
  expect(unit.functions.filter((called) => called !== 3)).toHaveLength(before);
});

test("a hand at the device proves it as well, and nothing is written", async () => {
  const { jobId } = await bench.call("job.stimulus", { tag, way: "device", value: null });
  const asked = () => bench.tables.jobs.get(jobId)?.doing?.code === "doing.awaitingChange";
  await until(asked, "the question for a change", 10_000);
  expect(bench.tables.jobs.get(jobId)?.leftMs).toBeGreaterThan(30_000);

  unit.registers.set(offset, 470);
  const job = await bench.open.jobEnded(jobId);

  unit.registers.set(offset, 420);
  expect(job).toMatchObject({ good: true, detail: { before: "420", after: "470", restored: null } });
  expect(lastPoint()?.stimulus).toEqual({ way: "device", from: "420", to: "470", restored: null });
}, 20_000);

test("where the gateway has the line to itself, the wire is what it says, and the verdict tells so", async () => {
  await bench.call("line.close", { line: "a" });
  unit.isSingle = true;

  const job = await bench.job("verify");

  unit.isSingle = false;
  expect(job).toMatchObject({ good: true, detail: { same: 3 } });
  for (const row of bench.tables.verify.items())
    expect(row).toMatchObject({ wireBy: "gateway", says: { code: "verdict.sameThroughGateway" } });
  expect(lastPoint()).toMatchObject({ wire: { by: "gateway" } });
}, 20_000);

test("a cancel puts the value back", async () => {
  const { jobId } = await bench.call("job.stimulus", { tag, way: "write", value: "600" });
  await until(() => held() === 600, "the written value", 10_000);

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled", detail: { restored: true } });
  expect(held()).toBe(420);
}, 20_000);

test("a unit that will not take it back is a failure, cancelled or not", async () => {
  const { jobId } = await bench.call("job.stimulus", { tag, way: "write", value: "601" });
  await until(() => held() === 601, "the written value", 10_000);
  unit.manner = "refuses";

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({
    state: "failed",
    failure: { code: "stimulus.notRestored", facts: { before: "420", found: "601" } },
  });
  unit.manner = "keeps";
}, 20_000);

test("what is left changed is put back at the next opening, after a refusal and after a kill", async () => {
  expect(held()).toBe(601);
  await bench.close();
  await openSite();
  await until(() => held() === 420, "the value as it was", 10_000);
  await until(
    () => [...bench.tables.jobs.items()].every((job) => job.endedAt !== null),
    "the end of the job",
  );
  await bench.close();

  program = await buildProgram("test/services/stimulusBench.ts");
  const child = startProgram(program.path, [folder, path, url, tag, "777"]);
  await until(() => child.stdout().includes("changed"), "the changed value", 30_000);
  child.kill("SIGKILL");
  await child.ended;
  expect(held()).toBe(777);

  await openSite();

  await until(() => held() === 420, "the value as it was", 10_000);
  const restored = () =>
    [...bench.tables.jobs.items()].find((job) => job.good && job.detail.kind === "stimulus");
  await until(() => restored() !== undefined, "the job that tells so");
  expect(restored()).toMatchObject({ state: "done", detail: { restored: true, before: "420" } });
}, 60_000);
