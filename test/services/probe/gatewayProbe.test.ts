import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { hasFault } from "#domain/fault.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { gatewayProbe } from "#services/probe/gatewayProbe.ts";
import { type FaultyWay, faultyWay, type WayFault, wayFaults } from "#test/support/faultyWay.ts";
import { buildProgram, startProgram } from "#test/support/program.ts";
import { seeded } from "#test/support/seeded.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

/** LASTMILE_FAULT_POINTS=50 tries more of them. */
const points = Number(process.env.LASTMILE_FAULT_POINTS ?? 20);

/** Five seconds pass in one: patience with a gateway that is away need not be waited for. */
const fastClock: Clock = {
  ...systemClock,
  monotonic: () => performance.now() * 5,
  sleep: (ms, signal) => systemClock.sleep(ms / 5, signal),
};

const { signal } = new AbortController();
const patient = { answerMs: 10_000, configMs: 60_000 };
/** of every session that is signed in to from now on */
const limits = { ...patient };
let bench: TestWorkbench;
let way: FaultyWay;
let gateway: GatewaySession;
let path: string;

beforeAll(async () => {
  bench = await testWorkbench({ change: () => ({ clock: fastClock, gateways: neuronGateways(limits) }) });
  await bench.call("site.training", {});
  await bench.importTags();
  const url = bench.site().gateway?.url ?? "";
  way = await faultyWay(url);
  gateway = await neuronGateways().signIn(url, "admin", "0000", signal);
  await signIn();
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
  path = join(bench.folder, "probe.site.json");
  await writeFile(path, printSite({ ...bench.site(), id: "probe" }));
});
afterAll(async () => {
  await way?.close();
  await bench?.close();
});

const plc = { line: "plc", unit: 1, area: "holding" } as const;
const signIn = () => bench.call("gateway.signIn", { url: way.url, user: "admin", password: "0000" });
const read = (line: string, unit: number, offset: number, count: number) =>
  bench.call("line.read", { line, unit, area: "holding", offset, count, through: "gateway" });
/** what a probe left on the gateway; asked again where a group went while the configuration was read */
const left = async () => {
  for (;;) {
    const config = await gateway.config(signal).catch((error) => {
      if (!hasFault(error, "gateway.refused")) throw error;
    });
    if (config) return config.groups.filter(({ group }) => group.startsWith("lastmile-probe"));
  }
};
const valueOn = async (node: string, group: string, name: string) =>
  (await gateway.read(node, group, signal)).find((value) => value.name === name)?.value;

test("registers behind a PLC are read with Neuron's test reads, whatever their count", async () => {
  const wire = (await bench.call("line.read", { ...plc, offset: 6, count: 2 })).words;

  // The first six are what the tank does just now; the limit stands.
  const { words } = await read("plc", 1, 0, 8);
  expect(words).toHaveLength(8);
  expect(words.slice(6)).toEqual(wire);
  expect((await read("plc", 1, 6, 1)).words).toEqual(wire.slice(0, 1));
  expect((await read("plc", 1, 6, 2)).words).toEqual(wire);
  expect((await read("plc", 1, 1, 7)).words.slice(5)).toEqual(wire);
  expect(await left()).toEqual([]);
});

test("registers on a serial line are read by a group of their own, which is taken away again", async () => {
  const { words } = await read("rtu", 1, 24, 8);

  const address = { unit: 1, area: "holding", offset: 24, length: 16, stringOrder: "H" } as const;
  const serial = await valueOn("rtu", "feeder1", "feeder1/serial");
  expect(decodeValue(words, address, "string")).toBe(serial);
  expect(serial).toMatch(/\w{4}/);
  const groups = await left();
  expect(groups).toMatchObject([{ driver: "rtu", tag_count: 1, interval: 300 }]);
  // The next second asks the same place again: no group is made for it.
  await read("rtu", 1, 24, 8);
  expect(await left()).toEqual(groups);
  await until(async () => (await left()).length === 0, "the group to be gone", 8000);
});

test("an address that no device has says what the gateway says, and leaves nothing", async () => {
  expect(await thrown(read("plc", 1, 60_000, 4))).toMatchObject({ code: "gateway.refused", error: 3000 });
  expect(await thrown(read("rtu", 3, 60_000, 4))).toMatchObject({ code: "gateway.refused", error: 3015 });
  expect(await left()).toEqual([]);
});

test("nobody reads through a gateway that is being changed, and its group does not get in the way", async () => {
  await read("rtu", 3, 0, 8);
  const { jobId } = await bench.call("job.apply", {});
  await until(() => {
    const { detail } = bench.tables.jobs.get(jobId) ?? {};
    return detail?.kind === "apply" && detail.stages.length > 0;
  }, "the change to begin");

  expect(await thrown(read("rtu", 3, 0, 8))).toMatchObject({ code: "gateway.atWork" });
  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "done", good: true });
  expect((await read("rtu", 3, 0, 8)).words).toHaveLength(8);
});

test("no group is made that could not be found again", async () => {
  // What the reads before hold goes with a new sign-in.
  await signIn();
  const forgetful = { ...bench.world, choices: { get: async () => undefined, set: async () => undefined } };
  const probe = gatewayProbe(forgetful);
  const node = { node: "rtu", plugin: "Modbus RTU", group: "pump", base: 1 } as const;
  const place = { unit: 3, area: "holding", offset: 0, count: 2 } as const;

  expect(await thrown(probe.read(gateway, node, place, signal))).toMatchObject({ code: "file.unwritable" });
  expect(await left()).toEqual([]);
});

test("a line that the gateway does not run is named, with those that it runs", async () => {
  const line = bench.site().lines.find(({ id }) => id === "plc");
  await bench.edit({ kind: "putLine", line: { ...line, name: "other" } as never });

  expect(await thrown(read("plc", 1, 0, 1))).toMatchObject({
    code: "gateway.nodeUnknown",
    node: "other",
    nodes: expect.stringContaining("plc"),
  });
  await bench.call("site.undo", {});
});

test(`whatever goes wrong at one of ${points} points of a probe, nothing of it is left behind`, async () => {
  const random = seeded(5);
  // Where an answer is held back, the wait for it is cut short.
  Object.assign(limits, { answerMs: 1500, configMs: 1500 });
  onTestFinished(() => void Object.assign(limits, patient));
  const outcomes = { read: 0, failed: 0, leftUntilSignIn: 0 };
  for (let point = 0; point < points; point++) {
    await way.arm(new Map());
    await signIn();
    const cancel = new AbortController();
    const kinds: readonly WayFault[] = [...wayFaults, () => cancel.abort(new Error("cancelled"))];
    const fault = kinds[point % kinds.length] as WayFault;
    const first = Math.floor(random() * 6);
    const faults = new Map([[first, fault]]);
    // Every third time nobody answers any more from there on, and the group cannot be taken away.
    if (point % 3 === 0) for (let next = first + 1; next < 60; next++) faults.set(next, "cutBefore");
    await way.arm(faults);

    const place = { line: "rtu", unit: 3, area: "holding", offset: point % 7, count: 2 } as const;
    const { handlers } = bench.open.workbench;
    const outcome = await handlers["line.read"]({ ...place, through: "gateway" }, cancel.signal).then(
      () => "read" as const,
      () => "failed" as const,
    );
    await bench.call("gateway.signOut", {});

    outcomes[outcome] += 1;
    await way.arm(new Map());
    const remains = await left();
    if (remains.length > 0) outcomes.leftUntilSignIn += 1;
    await signIn();
    const what = `point ${point}: ${String(fault)} at request ${first}, ${outcome}, ${remains.length} left`;
    expect(await left(), what).toEqual([]);
    expect(bench.tables.gateway.get("gateway")?.differences, what).toBe(0);
  }
  expect(outcomes.failed).toBeGreaterThan(points / 3);
  expect(outcomes.leftUntilSignIn).toBeGreaterThan(0);
}, 180_000);

test("what a killed program left is taken away at the next sign-in, from any site", async () => {
  const program = await buildProgram("test/services/probe/probingBench.ts");
  onTestFinished(() => program.remove());
  await bench.call("gateway.signOut", {});
  await way.arm(new Map());
  const child = startProgram(program.path, [bench.folder, path, way.url]);
  onTestFinished(() => child.kill("SIGKILL"));
  await until(() => child.stdout().includes("reading"), "the program to read", 20_000);
  await until(async () => (await left()).length > 0, "the probe's group", 20_000);

  child.kill("SIGKILL");
  await child.ended;

  expect(await left()).toHaveLength(1);
  await signIn();
  expect(await left()).toEqual([]);
}, 60_000);
