import { afterAll, beforeAll, expect, test } from "vitest";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { type Cuttable, cuttable } from "#test/support/cuttable.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

let bench: TestWorkbench;
let way: Cuttable;

beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
  await bench.importTags();
  // The slowest group decides how long a proof that fails takes.
  for (const group of ["rectifier", "probe"])
    await bench.edit({ kind: "setInterval", line: "rtu", group, intervalMs: 1000 });
  const { uplink, gateway } = bench.site();
  if (!uplink || !gateway) throw new Error("the training site has both");
  way = await cuttable(uplink.host, uplink.port);
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, host: "127.0.0.1", port: way.port } });
  await bench.call("gateway.signIn", { url: gateway.url, user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ good: true, failure: null });
});
afterAll(async () => {
  await bench.close();
  await way.close();
});

type Stage = { readonly key: string; readonly state: string };
const states = (stages: readonly Stage[]) =>
  stages.map(({ key, state }) => `${key.replace("stage.", "")} ${state}`).join(", ");
const verdicts = () =>
  Object.fromEntries(
    bench.tables.verify.items().map((row) => [row.key.replace(/^\w+\//, ""), row.says.code]),
  );

test("a good uplink is good at every stage, and its round trips are counted", async () => {
  const job = await bench.job("uplink");

  expect(states(job.detail.stages)).toBe(
    "name good, tcp good, tls skipped, connect good, subscribe good, publish good, roundTrip good, will good, retained good, session good, keepAlive good, payload good, gatewayLink good, groups good",
  );
  expect(job).toMatchObject({ state: "done", good: true });
  expect(job.detail.trips.map(({ qos, timesMs }) => [qos, timesMs.length])).toEqual([
    [0, 20],
    [1, 20],
    [2, 20],
  ]);
  expect(job.detail.pingsMs).toHaveLength(12);
  expect(bench.tables.links.get("uplink")?.state).toBe("ok");
});

test("all tags are proved on the wire, in the gateway and in the cloud while the gateway polls the line", async () => {
  const job = await bench.job("verify");

  expect(job).toMatchObject({
    state: "done",
    good: true,
    detail: { total: 40, same: 40, bad: 0, waiting: 0 },
  });
  expect(bench.tables.links.get("line:rtu")).toMatchObject({ state: "ok", says: { code: "link.polled" } });
  // The gateway's polls are listened to; the PLC behind TCP is asked.
  const known = (line: string) =>
    new Set(bench.tables.verify.items().flatMap(({ key, wireBy }) => (key.startsWith(line) ? [wireBy] : [])));
  expect([known("rtu"), known("plc")]).toEqual([new Set(["learned"]), new Set(["read"])]);
  const row = bench.tables.verify.items().find((one) => one.key.endsWith("voltage_l1"));
  expect(row).toMatchObject({ verdict: "same", attempt: 1, words: expect.stringMatching(/^[0-9A-F]{4} /) });
  expect(bench.open.report()).toMatchObject({ verdict: "good", untested: [], deviations: [] });
});

test("a broker that went away is named at the stage where it is missed", async () => {
  await way.cut();

  const job = await bench.job("uplink");

  expect(states(job.detail.stages)).toMatch(/^name good, tcp bad, tls waiting/);
  expect(job.detail.stages[1]?.failure).toMatchObject({
    code: "uplink.unreachable",
    facts: { port: way.port },
  });
  expect(job).toMatchObject({ state: "done", good: false, failure: null });
  expect(bench.tables.links.get("uplink")).toMatchObject({
    state: "bad",
    failure: { code: "uplink.unreachable" },
  });
  expect(await bench.job("verify")).toMatchObject({
    state: "failed",
    failure: { code: "uplink.unreachable" },
  });
  await way.mend();
});

test("a connection that breaks during the round trips is said to be closed, at once", async () => {
  let sent = 0;
  way.onSent = (text) => {
    if (/lastmile \d/.test(text) && ++sent === 5) void way.cut();
  };
  const startedAt = performance.now();

  const job = await bench.job("uplink");

  expect(states(job.detail.stages)).toMatch(/roundTrip bad, will waiting/);
  const trip = job.detail.stages.find((stage) => stage.key === "stage.roundTrip");
  expect(trip?.failure).toMatchObject({ code: "uplink.closed" });
  expect(performance.now() - startedAt).toBeLessThan(5000);
  way.onSent = () => undefined;
  await way.mend();
});

test("a name that nobody knows is named at the first stage", async () => {
  const { uplink } = bench.site();
  if (!uplink) throw new Error("the training site has an uplink");
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, host: "broker.invalid" } });

  const job = await bench.job("uplink");

  expect(job.detail.stages[0]?.failure).toMatchObject({ code: "uplink.nameUnknown" });
  await bench.call("site.undo", {});
  await bench.edit({ kind: "setUplink", uplink: null });
  expect(await bench.job("uplink")).toMatchObject({ state: "failed", failure: { code: "uplink.none" } });
  await bench.call("site.undo", {});
});

test("a proof that is cancelled leaves what was proved, and nothing that had no time", async () => {
  const before = bench.open.report().points.length;
  const { jobId } = await bench.call("job.verify", {});
  await until(() => bench.tables.verify.items().some((row) => row.verdict === "same"), "a proved tag", 9000);

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled" });
  const points = bench.open.report().points;
  expect(points.length).toBeGreaterThan(before);
  expect(points.filter((point) => point.state !== "same")).toEqual([]);
});

/** The site says something else than what the gateway was given. */
async function misread(name: string, change: (tag: Tag) => Tag): Promise<void> {
  const tag = bench.site().tags.find((one) => one.name.endsWith(name));
  if (!tag) throw new Error(`no tag ${name}`);
  await bench.edit({ kind: "changeTags", changes: [{ keys: [tagKey(tag)], to: change(tag) }] });
}

test("swapped words, a wrong scale and a tag that was not applied are each named; the rest is proved", async () => {
  await misread("voltage_l1", (tag) => ({ ...tag, address: { ...tag.address, order: "LB" } }));
  await misread("voltage_l2", (tag) => ({ ...tag, scale: 0.1 }));
  const [tag] = bench.site().tags;
  if (!tag) throw new Error("no tags");
  await bench.edit({ kind: "putTags", tags: [{ ...tag, group: "new", name: "unapplied" }], groups: [] });

  const job = await bench.job("verify");

  const {
    "feeder1/feeder1/voltage_l1": swapped,
    "feeder1/feeder1/voltage_l2": scaled,
    "new/unapplied": unapplied,
    ...others
  } = verdicts();
  expect([swapped, scaled, unapplied]).toEqual([
    "verdict.wordOrder",
    "verdict.scale",
    "verdict.gatewayMissing",
  ]);
  expect(Object.entries(others).filter(([, code]) => code !== "verdict.same")).toEqual([]);
  expect(job).toMatchObject({ state: "done", good: false, detail: { same: 38, bad: 3, waiting: 0 } });
  expect(bench.open.report()).toMatchObject({ verdict: "bad", deviations: [{}, {}, {}] });
}, 40_000);

test("a bundle of it can be checked by anybody, and not with one byte changed", async () => {
  const job = await bench.job("bundle");
  expect(job).toMatchObject({
    state: "done",
    good: true,
    detail: { files: 3, name: "training-pumping-station-1.lastmile" },
  });
  const { base64 } = await bench.call("download.read", { id: job.detail.download, offset: 0 });
  const check = async (bytes: Uint8Array) => {
    await bench.call("upload.append", { id: "check", text: Buffer.from(bytes).toString("base64") });
    return bench.call("bundle.check", { uploadId: "check" });
  };
  const bytes = Buffer.from(base64, "base64");

  expect(await check(bytes)).toMatchObject({
    good: true,
    site: "Training pumping station",
    digest: job.detail.digest,
    problems: [],
  });
  for (const at of [bytes.indexOf("voltage_l1"), bytes.indexOf('"payload"') + 14]) {
    const tampered = Buffer.from(bytes);
    tampered[at] = (tampered[at] ?? 0) ^ 1;
    const { good, problems } = await check(tampered);
    expect(good).toBe(false);
    expect(problems[0]?.code).toMatch(/^bundle\./);
  }
  expect(await check(bytes.subarray(0, 1000))).toMatchObject({ good: false });
  await bench.call("upload.append", { id: "check", text: "not base64!" });
  expect(await bench.call("bundle.check", { uploadId: "check" })).toMatchObject({ good: false });
  expect(await thrown(bench.call("bundle.check", { uploadId: "check" }))).toMatchObject({
    code: "input.invalid",
  });
});

test("a secret of the site is in no file and in no bundle", async () => {
  const { uplink } = bench.site();
  if (!uplink) throw new Error("the training site has an uplink");
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, username: "site7" } });
  await bench.call("uplink.setPassword", { password: "s3cr3t-word" });

  const job = await bench.job("bundle");
  await bench.job("snapshot");

  const { base64 } = await bench.call("download.read", { id: job.detail.download, offset: 0 });
  expect(Buffer.from(base64, "base64").toString("latin1")).not.toContain("s3cr3t-word");
  await bench.call("site.undo", {});
});
