import type { CallOutput } from "#contract/contract.ts";
import { phrase } from "#domain/phrase.ts";

const tag = (given: object) =>
  JSON.stringify({
    name: "pump/speed",
    type: 4,
    attribute: 1,
    address: "3!400001",
    precision: 0,
    decimal: 0,
    bias: 0,
    description: "Shaft speed",
    unit: "rpm",
    ...given,
  });

export const diff: CallOutput<"gateway.diff"> = {
  equal: false,
  total: 4,
  rows: [
    {
      kind: "tag",
      node: "rtu",
      name: "pump/pump/speed",
      designed: tag({ address: "3!400002", attribute: 3 }),
      bundled: tag({ address: "3!400002", attribute: 3 }),
      running: tag({}),
    },
    { kind: "tag", node: "rtu", name: "pump/pump/flow", designed: tag({}), bundled: "", running: "" },
    { kind: "setting", node: "plc", name: "timeout", designed: "1000", bundled: "1000", running: "3000" },
    {
      kind: "subscription",
      node: "uplink",
      name: "plc/tank",
      designed: '{"topic":"lastmile/nps-07/plc/tank"}',
      bundled: '{"topic":"lastmile/nps-07/plc/tank"}',
      running: '{"topic":"/neuron/uplink/plc/tank"}',
    },
  ],
  problems: [],
};

export const taken: CallOutput<"gateway.take"> = {
  lines: [
    { name: "rtu", kind: "serial", groups: 4, tags: 33 },
    { name: "plc", kind: "tcp", groups: 1, tags: 7 },
  ],
  tags: 40,
  uplink: { host: "broker.example", port: 8883, topic: "plant/{line}/{group}" },
  notes: [
    phrase("take.nodeStays", { node: "press", plugin: "Siemens S7" }),
    phrase("take.tagKept", { node: "plc", tag: "tank/alarm", type: 12, address: "1!400020" }),
    phrase("take.topicKept", { node: "plc", group: "tank", topic: "/neuron/uplink/plc/tank" }),
    phrase("take.settingsKept", { node: "plc", settings: "max_retries, retry_interval, device_degrade" }),
    phrase("take.secretSealed", { node: "uplink", what: "password" }),
    phrase("take.secretLeft", { node: "uplink", what: "keypass" }),
  ],
  notesTotal: 6,
};

const idle = {
  reads: null,
  readErrors: null,
  sent: null,
  sendErrors: null,
  cached: null,
  disconnections: null,
};

export const counts: CallOutput<"gateway.counts"> = {
  nodes: [
    {
      ...idle,
      node: "rtu",
      reads: 184_220,
      readErrors: 341,
      errors: [
        {
          group: "pump",
          failure: {
            kind: "fault",
            code: "gateway.refused",
            facts: { url: "http://127.0.0.1:17000", call: "POST /read", status: 200, error: 3015 },
          },
          at: Date.UTC(2026, 10, 20, 9, 14),
        },
      ],
    },
    { ...idle, node: "plc", reads: 92_010, readErrors: 0, errors: [] },
    { ...idle, node: "cloud", sent: 7200, sendErrors: 3, cached: 12, disconnections: 1, errors: [] },
  ],
};
