import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestWorkbench, testWorkbench, trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

const uplinkNode = "uplink";
let bench: TestWorkbench;
const { signal } = new AbortController();

beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
  // The line to the PLC alone: its one group decides how long a drill takes.
  const rows = trainingTable.split("\n").filter((row) => !row.startsWith("rtu,"));
  await bench.importTags(rows.join("\n"));
  await bench.call("gateway.signIn", { url: url(), user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ good: true, failure: null });
}, 30_000);
afterAll(() => bench.close());

const url = () => bench.site().gateway?.url ?? "";
const session = () => bench.world.gateways.signIn(url(), "admin", "0000", signal);
const params = async () =>
  (await (await session()).config(signal)).settings.find(({ node }) => node === uplinkNode)?.params ?? {};
const evidence = (kind: string) =>
  bench.tables.jobs.items().filter(({ detail }) => detail.kind === kind).length;
const drillOf = (holdSeconds: number) => ({ by: "proxy" as const, how: "reset" as const, holdSeconds });

test("with its cache on the gateway loses nothing, late ones are told, and its settings are as before", async () => {
  const before = await params();

  const job = await bench.job("drill", drillOf(5));

  expect(job.failure).toBeNull();
  const { outcome, timeline } = job.detail;
  expect(outcome).toMatchObject({ lost: 0, duplicated: 0 });
  expect(outcome?.late).toBeGreaterThan(0);
  expect(outcome?.tags).toHaveLength(7);
  // Changes of the door are few: that none was lost is known because all the rest came.
  expect(outcome?.tags.find(({ key }) => key.endsWith("door"))).toMatchObject({ lost: 0 });
  expect(outcome?.findings.map(({ says }) => says.code)).toContain("drillNote.cacheSpan");
  expect(timeline?.lanes[0]?.late.reduce((sum, count) => sum + count, 0)).toBe(outcome?.late);
  expect(job).toMatchObject({ state: "done", good: true });
  expect(await params()).toEqual(before);
  expect(evidence("drill")).toBe(1);
  // The drill lent the gateway's settings and gave them back: that is no unfinished change.
  await bench.call("gateway.signIn", { url: url(), user: "admin", password: "0000" });
  expect(bench.tables.gateway.get("gateway")).toMatchObject({ unfinishedSince: null, differences: 0 });
}, 120_000);

test("with its cache off what the outage fell on is lost, and that is named", async () => {
  await (await session()).change(
    { kind: "setSettings", node: uplinkNode, params: { ...(await params()), "offline-cache": false } },
    signal,
  );

  const job = await bench.job("drill", drillOf(5));

  const { outcome } = job.detail;
  expect(job).toMatchObject({ state: "done", good: false, failure: null });
  expect(outcome?.lost).toBeGreaterThan(2);
  expect(outcome?.findings[0]?.says).toEqual({
    code: "drillCause.cacheOff",
    facts: { lost: outcome?.lost ?? 0 },
  });
  expect(outcome?.tags.find(({ key }) => key.endsWith("door"))).toMatchObject({ lost: null });
}, 120_000);

test("stopped in the middle of an outage the link is whole again and the settings are back", async () => {
  const before = await params();
  const { jobId } = await bench.call("job.drill", drillOf(600));
  const detail = () => {
    const job = bench.tables.jobs.get(jobId);
    if (job?.detail.kind !== "drill") throw new Error("no drill");
    return job.detail;
  };
  await until(() => detail().phase === "out", "the cut", 30_000);
  expect(await params()).not.toEqual(before);

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled" });
  expect(await params()).toEqual(before);
  const states = async () => (await (await session()).states(signal)).find(({ node }) => node === uplinkNode);
  await until(async () => (await states())?.link === 1, "the gateway's own link", 15_000);
}, 120_000);
