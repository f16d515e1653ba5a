import { readFileSync } from "node:fs";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "#test/support/until.ts";
import { type GatewayClient, signIn } from "./gatewayClient.ts";
import { forThisRun } from "./recordedExchange.ts";
import { openRecordedSite, type RecordedSite } from "./recordedSite.ts";

interface RecordedMessages {
  readonly name: string;
  readonly params: unknown;
  readonly messages: readonly { readonly topic: string; readonly qos: number; readonly payload: string }[];
}

const recorded = JSON.parse(
  readFileSync(new URL("../vectors/gateway/neuron-2.15.1-messages.json", import.meta.url), "utf8"),
) as readonly RecordedMessages[];

/** A message without what runs on: its time and the counting register. */
function still(payload: string): string {
  return payload
    .replaceAll(/\b1\d{12}\b/g, "T")
    .replaceAll(/("(?:count|cnt5?)", "value"|"(?:count|cnt5?)"): \d+/g, "$1: N");
}

describe("the virtual gateway's MQTT node", () => {
  let site: RecordedSite;
  let gateway: GatewayClient;
  let cloud: MqttClient;
  const seen: { topic: string; qos: number; payload: string }[] = [];

  beforeAll(async () => {
    site = await openRecordedSite();
    gateway = await signIn(`http://127.0.0.1:${await site.openGateway()}`);
    cloud = await connectAsync(`mqtt://127.0.0.1:${site.brokerPort}`);
    cloud.on("message", (topic, payload, { qos }) => seen.push({ topic, qos, payload: payload.toString() }));
    await cloud.subscribeAsync("#", { qos: 2 });
    const tag = (name: string, address: string, type: number, attribute = 1, precision = 0) => ({
      name,
      address,
      type,
      attribute,
      precision,
    });
    await gateway.call("POST", "node", { name: "plc3", plugin: "Modbus TCP" });
    await gateway.call("POST", "node", { name: "uplink", plugin: "MQTT" });
    await gateway.call("POST", "gtags", {
      node: "plc3",
      groups: [
        {
          group: "p1",
          interval: 200,
          tags: [
            tag("temp", "1!400005", 9, 1, 2),
            tag("count", "1!400041", 4),
            tag("run", "1!000001", 11, 3),
            tag("name", "1!400021.10H", 13),
            tag("raw", "1!400042.4", 14),
            tag("big", "1!400037", 8),
            tag("i64", "1!400007", 7),
            tag("setp", "1!400201", 9, 3),
            tag("badtag", "7!400001", 4),
            tag("dbl", "1!400011", 10),
          ],
        },
        {
          group: "onchange",
          interval: 200,
          tags: [tag("still", "1!400001", 3, 5), tag("cnt", "1!400041", 4, 4), tag("cnt5", "1!400041", 4, 5)],
        },
      ],
    });
    const params = {
      connection_mode: 0,
      interval: 0,
      host: "127.0.0.1",
      port: site.slavePort,
      timeout: 1000,
    };
    await gateway.call("POST", "node/setting", { node: "plc3", params });
    await gateway.call("POST", "subscribes", {
      app: "uplink",
      groups: [
        { driver: "plc3", group: "p1", params: { topic: "site42/plc3/p1" } },
        {
          driver: "plc3",
          group: "onchange",
          params: { topic: "site42/plc3/onchange" },
          static_tags: { site: "42", line: 7, lat: 1.5, on: true },
        },
      ],
    });
  });
  afterAll(async () => {
    cloud.end(true);
    await site.close();
  });

  async function configure(params: unknown): Promise<void> {
    await gateway.call("POST", "node/setting", {
      node: "uplink",
      params: JSON.parse(forThisRun(spaced(params), site)),
    });
    await until(
      async () => (await gateway.call("GET", "node/state?node=uplink")).text.includes('"link": 1'),
      "the link",
    );
    seen.length = 0;
  }
  const spaced = (params: unknown) => JSON.stringify(params).replaceAll(/"port":/g, '"port": ');

  test.each(recorded.filter(({ name }) => name !== "driver states"))(
    "publishes $name byte for byte as recorded",
    async ({ params, messages }) => {
      await configure(params);

      for (const { topic, qos, payload } of messages) {
        const arrived = () =>
          seen.some((m) => m.topic === topic && m.qos === qos && still(m.payload) === still(payload));
        await until(arrived, `on ${topic}: ${still(payload)}`, 4000).catch((error: unknown) => {
          expect(seen.filter((m) => m.topic === topic).map((m) => still(m.payload))).toContain(
            still(payload),
          );
          throw error;
        });
      }
    },
  );

  test("publishes the states of its drivers where that is asked for", async () => {
    await configure(recorded.find(({ name }) => name === "driver states")?.params);

    const states = () => seen.find(({ topic }) => topic === "neuron/site42/state/update");
    await until(() => states() !== undefined, "the driver states");

    expect(states()).toMatchObject({ qos: 0 });
    expect(still(states()?.payload ?? "")).toBe(
      '{"timestamp": T, "states": [{"node": "plc3", "link": 1, "running": 3}]}',
    );
  });

  test("answers reads and writes that come over MQTT, and is silent where the recorded gateway was", async () => {
    await configure(recorded[0]?.params);
    const reply = async (request: string, body: unknown, answer: string) => {
      seen.length = 0;
      cloud.publish(request, typeof body === "string" ? body : JSON.stringify(body));
      await until(() => seen.some(({ topic }) => topic === answer), `an answer on ${answer}`);
      return still(seen.find(({ topic }) => topic === answer)?.payload ?? "");
    };
    const [read, readReply] = ["neuron/uplink/read/req", "neuron/uplink/read/resp"] as const;
    const [write, writeReply] = ["neuron/site42/write/req", "neuron/site42/write/resp"] as const;
    const place = { node: "plc3", group: "p1" };

    expect(await reply(read, { uuid: "r-2", ...place, tags: ["temp", "i64"] }, readReply)).toBe(
      '{"uuid": "r-2", "tags": [{"name": "temp", "value": 123.46, "transferPrecision": 2}, {"name": "i64", "value": 72623859790382856}]}',
    );
    expect(await reply(write, { uuid: "w-1", ...place, tag: "setp", value: 21.5 }, writeReply)).toBe(
      '{"uuid": "w-1", "error": 0}',
    );
    expect(await reply(write, { uuid: "w-3", ...place, tag: "temp", value: 1 }, writeReply)).toBe(
      '{"uuid": "w-3", "error": 3004}',
    );
    expect(await reply(write, { uuid: "w-4", ...place, tag: "zz", value: 1 }, writeReply)).toBe(
      '{"uuid": "w-4", "error": 2201}',
    );
    expect(await reply(write, { uuid: "w-5", ...place, tag: "setp", value: "abc" }, writeReply)).toBe(
      '{"uuid": "w-5", "error": 3007}',
    );
    expect(
      await reply(write, { uuid: "w-6", ...place, node: "nope", tag: "setp", value: 1 }, writeReply),
    ).toBe('{"uuid": "w-6", "error": 2003}');
    await until(async () => (await gateway.read("plc3", "p1")).setp?.value === 21.5, "the written value");

    seen.length = 0;
    cloud.publish(read, JSON.stringify({ ...place }));
    cloud.publish(read, JSON.stringify({ uuid: "r-4", ...place, node: "nope" }));
    cloud.publish(write, "not json");
    // The last request is answered, so the silence before it is an answer too.
    expect(await reply(read, { uuid: "r-9", ...place, tags: ["nosuch"] }, readReply)).toBe(
      '{"uuid": "r-9", "tags": []}',
    );
    expect(seen.filter(({ topic }) => topic === readReply || topic === writeReply)).toHaveLength(1);
  });
});
