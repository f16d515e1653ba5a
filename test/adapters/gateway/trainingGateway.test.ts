import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { bringTo, emptyConfig } from "#test/support/bringTo.ts";
import { never, rejection } from "#test/support/serving.ts";
import { until } from "#test/support/until.ts";
import { plcConfig } from "./plcConfig.ts";

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
