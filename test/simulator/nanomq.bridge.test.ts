import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBroker } from "#simulator/broker.ts";
import type { Listening } from "#simulator/listening.ts";
import { openNanomq, type VirtualNanomq } from "#simulator/nanomq/nanomq.ts";
import { bridgedFile } from "../support/nanomqFile.ts";
import { until } from "../support/until.ts";

let cloud: Listening;
let nanomq: VirtualNanomq;
let far: MqttClient;
let near: MqttClient;

async function connections(): Promise<number> {
  const reply = await fetch(`http://127.0.0.1:${nanomq.port}/api/v4/metrics`, {
    headers: { Authorization: `Basic ${btoa("admin:public")}` },
  });
  const { metrics } = (await reply.json()) as { metrics: Record<string, number>[] };
  return metrics[0]?.["MQTT reconnect times"] ?? 0;
}

/** Messages that a client gets, as they come. */
function heard(client: MqttClient): string[] {
  const topics: string[] = [];
  client.on("message", (topic) => topics.push(topic));
  return topics;
}

beforeEach(async () => {
  cloud = await openBroker("127.0.0.1", 0);
  nanomq = await openNanomq({ host: "127.0.0.1", port: 0, file: bridgedFile(cloud.port) });
  far = await connectAsync(`mqtt://127.0.0.1:${cloud.port}`);
  near = await connectAsync(`mqtt://127.0.0.1:${nanomq.mqttPort}`);
  await until(async () => (await connections()) > 0, "the bridge");
});
afterEach(async () => {
  await near.endAsync(true);
  await far.endAsync(true);
  await nanomq.close();
  await cloud.close();
});

test("what is published at the gateway reaches the cloud, and what the cloud says reaches the gateway", async () => {
  await far.subscribeAsync("edge42/#", { qos: 1 });
  await near.subscribeAsync("cmd/#", { qos: 1 });
  const [up, down] = [heard(far), heard(near)];

  await near.publishAsync("edge42/level", "1", { qos: 1 });
  await near.publishAsync("private/level", "2", { qos: 1 });
  await until(() => up.length > 0, "the message in the cloud");
  await until(async () => {
    // Its subscription comes a moment after its connection.
    await far.publishAsync("cmd/site42/go", "x", { qos: 1 });
    return down.length > 0;
  }, "the order at the gateway");

  expect(up).toEqual(["edge42/level"]);
  expect(new Set(down)).toEqual(new Set(["cmd/site42/go"]));
});
