import { expect, onTestFinished, test } from "vitest";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";

test("against mosquitto all 40 tags are proved, and a topic that it denies is found by its group", async () => {
  const broker = await startMosquitto({
    users: { site7: "s3cr3t-word", probe: "x" },
    acl: [
      "user site7",
      "topic readwrite lastmile/#",
      "topic readwrite neuron/#",
      "topic deny lastmile/+/+/+/rtu/barred",
    ],
  });
  onTestFinished(() => broker.stop());
  const bench = await testWorkbench();
  onTestFinished(() => bench.close());
  await bench.call("site.training", {});
  await bench.importTags();
  // The slowest group decides how long a proof that fails takes.
  for (const group of ["rectifier", "probe"])
    await bench.edit({ kind: "setInterval", line: "rtu", group, intervalMs: 1000 });
  const { uplink, gateway } = bench.site();
  if (!uplink || !gateway) throw new Error("the training site has both");
  const { host, port } = broker;
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, host, port, username: "site7" } });

  const refused = await bench.job("uplink");
  expect(refused.detail.stages.find((stage) => stage.state === "bad")).toMatchObject({
    key: "stage.connect",
    failure: { code: "uplink.connectRefused", facts: { cause: "notAuthorized" } },
  });
  await bench.call("uplink.setPassword", { password: "s3cr3t-word" });
  await bench.call("gateway.signIn", { url: gateway.url, user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ good: true, failure: null });
  const checked = await bench.job("uplink");
  expect(checked.detail.stages.filter((stage) => stage.state === "bad")).toEqual([]);
  expect(checked).toMatchObject({ state: "done", good: true });
  expect(await bench.job("verify")).toMatchObject({ good: true, detail: { total: 40, same: 40 } });

  // The same tags of one group, published where the broker lets nothing through.
  const moved = bench.site().tags.filter((tag) => tag.line === "rtu" && tag.group === "rectifier");
  await bench.edit({ kind: "removeTags", keys: moved.map((tag) => `rtu/rectifier/${tag.name}`) });
  const barred = moved.map((tag) => ({ ...tag, group: "barred", access: ["read" as const] }));
  await bench.edit({ kind: "putTags", tags: barred, groups: [] });
  expect(await bench.job("apply")).toMatchObject({ good: true, failure: null });
  const silent = await bench.job("uplink");
  // The broker takes it without a word; asked over MQTT 5 it says that it drops it.
  expect(silent.detail.stages.find((stage) => stage.state === "bad")).toMatchObject({
    key: "stage.publish",
    failure: {
      code: "uplink.publishDenied",
      facts: { topic: expect.stringMatching(/rtu\/barred$/), reason: 135 },
    },
  });
  expect(silent).toMatchObject({ state: "done", good: false });

  const job = await bench.job("verify");

  expect(job).toMatchObject({ state: "done", good: false, detail: { bad: barred.length } });
  for (const row of bench.tables.verify.items()) {
    const isBarred = row.key.startsWith("rtu/barred/");
    expect([row.key, row.says.code]).toEqual([row.key, isBarred ? "verdict.cloudMissing" : "verdict.same"]);
  }
}, 60_000);
