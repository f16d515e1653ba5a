import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";

/** One float of a PLC, polled, and published to a broker that is not there. */
export function plcConfig({ host, port }: { host: string; port: number }): NeuronConfig {
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
