import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { type TrainingSitePlace, trainingSite } from "#simulator/trainingSite.ts";
import { type FaultyWay, faultyWay, type WayFault, wayFaults } from "#test/support/faultyWay.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { seeded } from "#test/support/seeded.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

/** LASTMILE_FAULT_POINTS=200 tries them all; a tenth as many kills of the program come on top. */
const points = Number(process.env.LASTMILE_FAULT_POINTS ?? 27);
const kills = Math.max(3, points / 10);

/** Five seconds pass in one: half a minute of patience need not be waited for. */
const fastClock: Clock = {
  ...systemClock,
  monotonic: () => performance.now() * 5,
  sleep: (ms, signal) => systemClock.sleep(ms / 5, signal),
};

const simulation = trainingSite();
const { signal } = new AbortController();
let place: TrainingSitePlace;
let way: FaultyWay;
let gateway: GatewaySession;
let designs: readonly [Site, Site];
let folder: string;
let path: string;
/** what the gateway runs under each design */
const texts: string[] = [];

const running = async () => printConfig(await gateway.config(signal));

/** Where an answer is held back, the wait for it is cut short. */
const impatient = neuronGateways({ answerMs: 1000, configMs: 1000 });

async function openBench(site: Site, gateways = neuronGateways()): Promise<TestWorkbench> {
  await writeFile(path, printSite(site));
  const bench = await testWorkbench({
    folder,
    change: () => ({ clock: fastClock, gateways }),
  });
  await bench.call("site.open", { path });
  return bench;
}

const signIn = (bench: TestWorkbench) =>
  bench.call("gateway.signIn", { url: way.url, user: "admin", password: "0000" });

beforeAll(async () => {
  place = await simulation.start();
  way = await faultyWay(place.gatewayUrl);
  gateway = await neuronGateways().signIn(place.gatewayUrl, "admin", "0000", signal);
  designs = twoDesigns(place, way.url);
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  path = join(folder, "two.site.json");
  for (const site of designs) {
    const bench = await openBench(site);
    await signIn(bench);
    expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
    texts.push(await running());
    await bench.open.close();
  }
  expect(texts[0]).not.toBe(texts[1]);
});
afterAll(async () => {
  await way?.close();
  await simulation.stop();
  await rm(folder, { recursive: true, force: true });
});

test(`whatever goes wrong at one of ${points} points of an apply, the gateway runs the old configuration or the new`, async () => {
  const random = seeded(7);
  const outcomes = new Map<string, number>();
  let current = texts.indexOf(await running());
  let bench: TestWorkbench | undefined;
  onTestFinished(() => bench?.open.close());
  for (let point = 0; point < points; point++) {
    const wanted = 1 - current;
    bench = await openBench(designs[wanted] as Site, impatient);
    await signIn(bench);
    const fault = wayFaults[point % wayFaults.length] as WayFault;
    const first = Math.floor(random() * 45);
    const second = first + 1 + Math.floor(random() * 8);
    // Every third time something goes wrong while the old configuration is being put back, too.
    await way.arm(new Map([[first, fault], ...(point % 3 === 0 ? ([[second, fault]] as const) : [])]));

    const job = await bench.job("apply");

    await way.arm(new Map());
    const what = `point ${point}: ${String(fault)} at request ${first}, ${job.failure?.code ?? job.state}`;
    const now = texts.indexOf(await running());
    expect(now, what).toBe(job.state === "done" ? wanted : current);
    expect(job.failure?.code, what).not.toBe("gateway.rollbackFailed");
    outcomes.set(job.state, (outcomes.get(job.state) ?? 0) + 1);
    current = now;
    await bench.open.close();
  }
  expect(outcomes.get("failed")).toBeGreaterThan(points / 2);
}, 300_000);

test(`a kill of the program at one of ${kills} points is put right at the next sign-in`, async () => {
  const program: Program = await buildProgram("test/services/applyingBench.ts");
  onTestFinished(() => program.remove());
  const random = seeded(11);
  let between = 0;
  for (let point = 0; point < kills; point++) {
    const current = texts.indexOf(await running());
    expect(current, `before kill ${point}`).toBeGreaterThanOrEqual(0);
    await writeFile(path, printSite(designs[1 - current] as Site));
    const child = startProgram(program.path, [folder, path, way.url]);
    // The first requests only look; from about the tenth on something is changed.
    const at = 12 + Math.floor(((point + random()) / kills) * 22);
    await way.arm(new Map([[at, () => child.kill("SIGKILL")]]));
    const { code } = await child.ended;
    await way.arm(new Map());
    const left = texts.indexOf(await running());

    const bench = await openBench(designs[1 - current] as Site);
    onTestFinished(() => bench.open.close());
    await signIn(bench);
    const since = bench.tables.gateway.get("gateway")?.unfinishedSince ?? null;
    const what = `kill ${point} at request ${at} (${code}), left ${left}`;
    expect(since === null, what).toBe(left >= 0);
    if (since !== null) {
      between += 1;
      const { jobId } = await bench.call("job.rollback", {});
      expect(await bench.open.jobEnded(jobId), what).toMatchObject({ state: "done", good: true });
      expect(bench.tables.gateway.get("gateway")?.unfinishedSince, what).toBeNull();
      expect(texts.indexOf(await running()), what).toBe(current);
    }
    await bench.open.close();
  }
  expect(between).toBeGreaterThan(0);
}, 300_000);

test("what cannot be put back, for its password is gone, is finished instead", async () => {
  const applyWith = async (index: 0 | 1, password: string) => {
    const bench = await openBench(designs[index]);
    onTestFinished(() => bench.open.close());
    await bench.call("uplink.setPassword", { password });
    await signIn(bench);
    return bench;
  };
  let bench = await applyWith(0, "old secret");
  expect(await bench.job("apply")).toMatchObject({ state: "done" });
  await bench.open.close();
  bench = await applyWith(1, "new secret");
  // All goes well up to the health of the nodes; from then on nothing does.
  await way.arm(new Map(Array.from({ length: 300 }, (_, index) => [25 + index, "failed"] as const)));
  expect(await bench.job("apply")).toMatchObject({ failure: { code: "gateway.rollbackFailed" } });
  await way.arm(new Map());
  await bench.open.close();

  // The program starts anew, and its secrets were in memory alone.
  bench = await applyWith(1, "new secret");
  expect(bench.tables.gateway.get("gateway")?.unfinishedSince).not.toBeNull();
  const { jobId } = await bench.call("job.rollback", {});
  expect(await bench.open.jobEnded(jobId)).toMatchObject({
    failure: { code: "gateway.snapshotLost", facts: { node: "uplink" } },
  });
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
  expect(bench.tables.gateway.get("gateway")).toMatchObject({ unfinishedSince: null, differences: 0 });
  const evidence = await readFile(path.replace(".site.json", ".evidence.jsonl"), "utf8");
  expect(evidence).not.toMatch(/(old|new) secret/);
});
