import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasValidCrc, rtuFrame } from "#domain/modbus/rtuFrame.ts";
import { openBus } from "#simulator/bus.ts";
import { openGateway } from "#simulator/gateway/gateway.ts";
import type { Listening } from "#simulator/listening.ts";
import { trainingSettings } from "#simulator/trainingPlan.ts";
import { until } from "#test/support/until.ts";
import { type GatewayClient, signIn } from "./gatewayClient.ts";

const serial = {
  link: 0,
  timeout: 200,
  interval: 0,
  device: "/dev/ttyS0",
  stop: 0,
  parity: 2,
  baud: 3,
  data: 3,
};

describe("the virtual gateway on a serial line", () => {
  const bus = openBus(trainingSettings);
  let listening: Listening;
  let gateway: GatewayClient;

  beforeAll(async () => {
    const openPort = async (device: string, settings: typeof trainingSettings) =>
      device === "/dev/ttyS0" ? bus.tap(settings) : undefined;
    listening = await openGateway({ host: "127.0.0.1", port: 0, now: Date.now, openPort });
    gateway = await signIn(`http://127.0.0.1:${listening.port}`);
    await gateway.call("POST", "node", { name: "rtu", plugin: "Modbus RTU" });
    await gateway.call("POST", "gtags", {
      node: "rtu",
      groups: [
        { group: "g", interval: 50, tags: [{ name: "a", address: "1!400001", type: 4, attribute: 3 }] },
      ],
    });
  });
  afterAll(async () => {
    await listening.close();
    await bus.close();
  });

  test("believes a reply with a wrong checksum, which a listener on the line sees for what it is", async () => {
    const unit = bus.tap();
    const listener = bus.tap();
    const heard: number[] = [];
    const damaged = rtuFrame(1, Uint8Array.of(3, 2, 0x12, 0x34));
    damaged[4] = 0x74;
    let requests = 0;
    unit.onBytes((bytes) => {
      requests += bytes.length;
      if (requests % 8 === 0) setTimeout(() => void unit.write(damaged).catch(() => undefined), 5);
    });
    listener.onBytes((bytes) => void heard.push(...bytes));

    await gateway.call("POST", "node/setting", { node: "rtu", params: serial });
    await until(async () => (await gateway.read("rtu", "g")).a?.value === 0x1274, "the damaged value");

    const replies = Buffer.from(heard).indexOf(Buffer.from(damaged));
    expect(replies).toBeGreaterThanOrEqual(0);
    expect(hasValidCrc(damaged)).toBe(false);
    expect((await gateway.call("GET", "node/state?node=rtu")).text).toContain('"link": 1');
    await unit.close();
    await listener.close();
  });

  test("says 3015 for a silent unit and 0 for a write to it", async () => {
    await until(async () => (await gateway.read("rtu", "g")).a?.error === 3015, "the silence");

    const write = await gateway.call("POST", "write", { node: "rtu", group: "g", tag: "a", value: 1 });

    expect(write).toEqual({ status: 200, text: '{"error": 0}' });
  });

  test("says 3002 for a port that it does not have", async () => {
    await gateway.call("POST", "node/setting", { node: "rtu", params: { ...serial, device: "/dev/ttyS9" } });

    await until(async () => (await gateway.read("rtu", "g")).a?.error === 3002, "the missing port");

    expect((await gateway.call("GET", "node/state?node=rtu")).text).toContain('"link": 0');
  });
});
