import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { usualStandIn } from "#contract/standInViews.ts";
import { readPayload } from "#domain/gateway/payload.ts";
import { freePort } from "#test/support/freePort.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { never } from "#test/support/serving.ts";
import { anyPlace } from "#test/support/standin/places.ts";
import { canMount, smallDisk } from "#test/support/tempFolder.ts";
import { type TestWorkbench, testWorkbench, trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

const intervalMs = 200;

/** The training site's PLC alone, read every 200 ms, with its uplink at a port. */
async function plcSite(port: number, change?: Parameters<typeof testWorkbench>[0]): Promise<TestWorkbench> {
  const bench = await testWorkbench(change);
  onTestFinished(() => bench.close());
  await bench.call("site.training", {});
  const [head, ...rows] = trainingTable.split("\n");
  await bench.importTags([head, ...rows.filter((row) => row.startsWith("plc,"))].join("\n"));
  await bench.edit({ kind: "setInterval", line: "plc", group: "tank", intervalMs });
  const { uplink } = bench.site();
  if (!uplink) throw new Error("the training site has one");
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, host: "127.0.0.1", port } });
  return bench;
}

interface Heard {
  readonly topic: string;
  readonly text: string;
}

async function subscriber(port: number, heard: Heard[]) {
  const session = await brokers().connect({ ...anyPlace, port, clientId: "looker" }, never);
  onTestFinished(() => session.close());
  session.onMessage(({ topic, payload }) => heard.push({ topic, text: Buffer.from(payload).toString() }));
  await session.subscribe("#", 1, never);
}

function shown(bench: TestWorkbench, jobId: string) {
  const detail = bench.tables.jobs.get(jobId)?.detail;
  if (detail?.kind !== "standin") throw new Error("a stand-in is shown");
  return detail;
}

function timesOf(heard: readonly Heard[]): readonly number[] {
  return heard.flatMap(({ text }) => {
    const read = readPayload(text, "values");
    return read.ok ? [read.value.timestamp] : [];
  });
}

function namesIn(heard: readonly Heard[]): ReadonlySet<string> {
  const messages = heard.map(({ text }) => readPayload(text, "values"));
  return new Set(messages.flatMap((read) => (read.ok ? [...read.value.values.keys()] : [])));
}

test("a site's values reach the cloud as the gateway's would, over an outage and a restart without a gap", async () => {
  const port = await freePort();
  const first = await startMosquitto({ port });
  const heard: Heard[] = [];
  await subscriber(port, heard);
  const bench = await plcSite(port);
  const path = bench.tables.site.get("site")?.path ?? "";
  const { jobId } = await bench.call("job.standin", usualStandIn);
  const tags = bench.site().tags.length;
  // One of them is published only when it changes.
  await until(() => namesIn(heard).size === tags && heard.length >= 3, "every tag", 15_000);
  const { topic, text } = heard.at(-1) as Heard;
  const message = readPayload(text, "values");
  expect(topic).toBe("lastmile/Training/Water/Pumping station 1/plc/tank");
  expect(message).toMatchObject({ ok: true, value: { node: "plc", group: "tank" } });
  expect([...bench.tables.live.items()]).toHaveLength(tags);

  await first.stop();
  await until(() => shown(bench, jobId).link === "waiting", "the loss to be seen", 15_000);
  expect(shown(bench, jobId).linkFailure).not.toBeNull();
  await until(() => shown(bench, jobId).queued >= 5, "messages kept", 15_000);
  await bench.call("job.cancel", { jobId });
  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled", failure: null });
  const left = shown(bench, jobId).queued;

  const second = await startMosquitto({ port });
  onTestFinished(() => second.stop());
  await subscriber(port, heard);
  const { jobId: next } = await bench.call("job.standin", usualStandIn);
  // Nothing but duplicates of what was under way may differ: each moment that was read arrives, with its own time.
  const madeBefore = () => {
    const endedAt = bench.tables.jobs.get(jobId)?.endedAt ?? 0;
    return new Set(timesOf(heard).filter((time) => time <= endedAt)).size;
  };
  await until(() => madeBefore() >= shown(bench, jobId).made, "all that was made before", 20_000);
  const live = heard.length;
  await until(() => heard.length >= live + 3, "live values", 20_000);
  await bench.call("job.cancel", { jobId: next });
  await bench.open.jobEnded(next);

  const detail = shown(bench, next);
  expect(detail.found).toMatchObject({ queued: left, cutBytes: 0 });
  expect(detail.replayed).toBeGreaterThanOrEqual(left);
  expect(detail.dropped).toEqual({ full: 0, old: 0, damaged: 0, large: 0, unkept: 0 });
  const evidence = bench.tables.site.get("site")?.evidence.lines;
  expect(evidence).toBeGreaterThan(0);
  await bench.call("site.close", {});
  await bench.call("site.open", { path });
}, 60_000);

test("the payload is the one asked for, and a custom schema that the gateway would refuse starts nothing", async () => {
  const broker = await startMosquitto();
  onTestFinished(() => broker.stop());
  const heard: Heard[] = [];
  await subscriber(broker.port, heard);
  const bench = await plcSite(broker.port);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the schema
  const schema = '{"at": "${timestamp}", "good": "${tag_values}"}';

  expect(
    await bench.job("standin", { ...usualStandIn, format: "custom", schema: '{"a": [1]}' }),
  ).toMatchObject({ state: "failed", failure: { code: "input.invalid" } });
  const { jobId } = await bench.call("job.standin", { ...usualStandIn, format: "custom", schema });
  await until(() => heard.length >= 1, "a message", 15_000);
  await bench.call("job.cancel", { jobId });
  await bench.open.jobEnded(jobId);

  const message = JSON.parse(heard[0]?.text ?? "") as { at: number; good: object };
  expect(Object.keys(message)).toEqual(["at", "good"]);
  expect(Object.keys(message.good)).toHaveLength(bench.site().tags.length);
});

test.skipIf(!canMount)(
  "with a full disk live values go on to the cloud, and the disk's fault is shown",
  async () => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.stop());
    const heard: Heard[] = [];
    await subscriber(broker.port, heard);
    const disk = await smallDisk(128);
    const bench = await plcSite(broker.port, {
      change: ({ queues }) => ({
        queues: { open: (_path, bounds) => queues.open(join(disk.folder, "a.site.json"), bounds) },
      }),
    });

    const { jobId } = await bench.call("job.standin", usualStandIn);
    await until(() => heard.length > 0, "a first message", 15_000);
    await writeFile(join(disk.folder, "filler"), Buffer.alloc(300_000)).catch(() => undefined);
    await until(() => shown(bench, jobId).diskFailure !== null, "the full disk to be told", 20_000);
    const before = heard.length;
    await until(() => heard.length > before + 5, "live values to go on", 15_000);

    expect(shown(bench, jobId)).toMatchObject({
      diskFailure: { code: "file.unwritable", facts: { reason: "diskFull" } },
      dropped: { unkept: 0 },
    });
    expect(shown(bench, jobId).link).toBe("online");
    await bench.call("job.cancel", { jobId });
    await bench.open.jobEnded(jobId);
  },
  60_000,
);

test("a site without an uplink or without tags is told so", async () => {
  const bench = await testWorkbench();
  onTestFinished(() => bench.close());
  await bench.call("site.create", { name: "North", path: [] });

  expect(await bench.job("standin", usualStandIn)).toMatchObject({
    state: "failed",
    failure: { code: "uplink.none" },
  });
});
