import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { bringTo, emptyConfig } from "#test/support/bringTo.ts";
import { never, rejection } from "#test/support/serving.ts";
import { until } from "#test/support/until.ts";

const site = trainingSite();
const gateways = neuronGateways();

describe("the training site's gateway", () => {
  let session: GatewaySession;
  let config: NeuronConfig;
  beforeAll(async () => {
    const place = await site.start();
    session = await gateways.signIn(place.gatewayUrl, "admin", "0000", never);
    config = plcConfig(place.plc);
  });
  afterAll(() => site.stop());

  test("lets the default password in, says so, and knows the time", () => {
    expect(session).toMatchObject({ version: "2.15.1", defaultPassword: true });
    expect(Math.abs(session.skewMs)).toBeLessThanOrEqual(1000);
  });

  test("refuses another password", async () => {
    await expect(gateways.signIn(session.url, "admin", "wrong1", never)).rejects.toMatchObject({
      fault: { code: "gateway.loginRefused" },
    });
  });

  test("knows the two Modbus plugins and MQTT", async () => {
    expect(await session.plugins(never)).toEqual(
      expect.arrayContaining(["Modbus RTU", "Modbus TCP", "MQTT"]),
    );
  });

  test("takes a configuration, gives it back, polls, and is emptied again", async () => {
    await bringTo(session, config);

    expect(await session.config(never)).toEqual(config);
    await until(
      async () => (await session.states(never)).some((one) => one.link === 1),
      "the PLC's link",
      10_000,
    );
    await until(
      async () => (await session.read("plc", "all", never)).every((tag) => typeof tag.value === "number"),
      "a value",
      10_000,
    );

    await bringTo(session, emptyConfig);
    expect((await session.config(never)).nodes).toEqual([]);
  });

  test("refuses an unknown node with Neuron's number", async () => {
    expect(await rejection(session.change({ kind: "removeNode", node: "nobody" }, never))).toMatchObject({
      fault: { code: "gateway.refused", call: "DELETE /node", status: 404, error: 2003 },
    });
  });
});

function plcConfig({ host, port }: { host: string; port: number }): NeuronConfig {
  const broker = { host: "127.0.0.1", port: 1, "client-id": "c", format: 0, "offline-cache": false };
  return {
    nodes: [
      { plugin: "MQTT", name: "uplink", support_import_tags: false, tags: "" },
      { plugin: "Modbus TCP", name: "plc", support_import_tags: false, tags: "" },
    ],
    groups: [{ driver: "plc", group: "all", tag_count: 1, interval: 200 }],
    tags: [
      {
        driver: "plc",
        group: "all",
        tags: [
          {
            type: 9,
            name: "first",
            attribute: 1,
            precision: 0,
            decimal: 0,
            bias: 0,
            address: "1!400001",
            description: "",
            unit: "",
          },
        ],
      },
    ],
    subscriptions: [{ app: "uplink", groups: [{ driver: "plc", group: "all", params: { topic: "t" } }] }],
    settings: [
      { node: "uplink", params: broker },
      { node: "plc", params: { connection_mode: 0, host, port, timeout: 1000, interval: 20 } },
    ],
  };
}
