import { readFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import type { BrokerPlace } from "#capabilities/uplink.ts";
import { defaultUplink } from "#domain/site/newSite.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { never } from "#test/support/serving.ts";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

async function siteAt(host: string, port: number) {
  const bench = await testWorkbench();
  onTestFinished(() => bench.close());
  await bench.call("site.create", { name: "North", path: [] });
  await bench.edit({ kind: "setUplink", uplink: { ...defaultUplink(bench.site()), host, port } });
  return { bench, path: bench.tables.site.get("site")?.path ?? "" };
}

const anybody: Omit<BrokerPlace, "host" | "port" | "clientId"> = {
  tls: false,
  ca: "",
  version: "3.1.1",
  username: "",
  password: "",
  keepAliveSeconds: 30,
};

/** What stays on a broker: retained messages of anybody, and sessions whose client has gone. */
async function leftBehind(host: string, port: number): Promise<unknown> {
  const session = await brokers().connect({ ...anybody, host, port, clientId: "looker" }, never);
  const heard: string[] = [];
  let gone = Number.NaN;
  session.onMessage(({ topic, payload }) => {
    if (topic === "$SYS/broker/clients/disconnected") gone = Number(Buffer.from(payload).toString());
    else heard.push(topic);
  });
  await session.subscribe("#", 1, never);
  // Retained messages come before this one.
  await session.publish("mark", new Uint8Array([1]), 1, false, never);
  await until(() => heard.includes("mark"), "the mark");
  await session.subscribe("$SYS/broker/clients/disconnected", 0, never);
  await until(() => gone === 0, "the last session to end", 8000);
  await session.close();
  return heard;
}

test("nothing of a check stays on the broker, whether it ends or is cancelled in the middle", async () => {
  const { host, port, stop } = await startMosquitto({ settings: ["sys_interval 1", "persistence false"] });
  onTestFinished(stop);
  const { bench } = await siteAt(host, port);

  expect(await bench.job("uplink")).toMatchObject({ good: true });
  expect(await leftBehind(host, port)).toEqual(["mark"]);

  for (const kind of ["retained", "session"]) {
    const watcher = await brokers().connect({ ...anybody, host, port, clientId: "watcher" }, never);
    await watcher.subscribe("#", 0, never);
    const met = new Promise<void>((resolve) => {
      watcher.onMessage(({ topic }) => topic.includes(`/${kind}-`) && resolve());
    });
    const { jobId } = await bench.call("job.uplink", {});
    await met;
    await bench.call("job.cancel", { jobId });
    await watcher.close();

    expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled" });
    expect(await leftBehind(host, port)).toEqual(["mark"]);
  }
}, 60_000);

test("the key of a client certificate is kept apart from the site file, and can be forgotten", async () => {
  const { bench, path } = await siteAt("127.0.0.1", 1883);
  const secret = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----";
  const { uplink } = bench.site();
  if (!uplink) throw new Error("it was set");
  const clientCertificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, tls: true, clientCertificate } });

  await bench.call("uplink.setKey", { key: secret });
  await until(async () => (await readFile(path, "utf8")).includes("clientCertificate"), "the saved site");

  expect(await readFile(path, "utf8")).not.toContain("PRIVATE KEY");
  expect(await bench.world.secrets.get(`uplinkKey:${bench.site().id}`)).toBe(secret);
  await bench.call("uplink.setKey", { key: "" });
  expect(await bench.world.secrets.get(`uplinkKey:${bench.site().id}`)).toBeUndefined();
});
