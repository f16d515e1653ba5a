import type { CallOutput } from "#contract/contract.ts";
import type { ProgramView } from "#contract/gatewayViews.ts";
import type { JobView, StageView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";

/** A NanoMQ and an eKuiper as the Gateway step shows them. */
export const plannedBridge = {
  url: "http://192.168.1.20:8081",
  user: "admin",
  name: "cloud",
  server: "tls+mqtt-tcp://mqtt.north-water.example:8883",
  version: "3.1.1" as const,
  clientId: "lastmile-north-pump-bridge",
  cleanStart: false,
  keepAliveSeconds: 60,
  username: "north-pump",
  queueLength: 1024,
  forwards: [{ local: "lastmile/#", remote: "", qos: 1 as const }],
  subscriptions: [{ local: "", remote: "cmd/north-pump/#", qos: 1 as const }],
  tls: { caFile: "/etc/nanomq/ca.pem", certificateFile: "", keyFile: "" },
};

export const runningNanomq: ProgramView = {
  key: "nanomq",
  url: "http://192.168.1.20:8081",
  user: "admin",
  version: "0.25.5-7",
  defaultPassword: true,
  fileKnown: true,
  digest: "4f1d",
  items: [
    {
      kind: "bridge",
      name: "cloud",
      own: true,
      running: true,
      text: "mqtt-tcp://10.4.0.8:1883 · bridge_site42",
      counts: { sent: 18_211, received: 96, failed: 3 },
    },
    {
      kind: "bridge",
      name: "scada",
      own: false,
      running: false,
      text: "mqtt-tcp://10.4.0.40:1883 · bridge_scada",
      counts: { sent: 0, received: 0, failed: 412 },
    },
  ],
  differences: 4,
  unfinishedSince: null,
};

export const runningEkuiper: ProgramView = {
  key: "ekuiper",
  url: "http://192.168.1.20:9081",
  user: "",
  version: "2.4.0",
  defaultPassword: false,
  fileKnown: true,
  digest: "90ab",
  items: [
    {
      kind: "stream",
      name: "neuron",
      own: false,
      running: null,
      text: 'CREATE STREAM neuron () WITH (TYPE="neuron",FORMAT="json",SHARED="true")',
      counts: null,
    },
    {
      kind: "rule",
      name: "level_deadband",
      own: false,
      running: true,
      text: "SELECT values->level FROM neuron WHERE abs(values->level - lag(values->level)) > 0.5",
      counts: null,
    },
    {
      kind: "rule",
      name: "hourly_energy",
      own: false,
      running: false,
      text: "SELECT avg(values->power) FROM neuron GROUP BY TUMBLINGWINDOW(HH, 1)",
      counts: null,
    },
  ],
  differences: null,
  unfinishedSince: null,
};

export const besideDiff: CallOutput<"program.diff"> = {
  equal: false,
  total: 4,
  rows: [
    [
      "setting",
      "change",
      "server",
      "tls+mqtt-tcp://mqtt.north-water.example:8883",
      "mqtt-tcp://10.4.0.8:1883",
    ],
    ["setting", "change", "clientid", "lastmile-north-pump-bridge", "bridge_site42"],
    ["setting", "change", "password", "(sealed)", "(sealed)"],
    ["subscription", "add", "cmd/north-pump/#", "cmd/north-pump/# → cmd/north-pump/# · QoS 1", ""],
  ].map(([kind, change, field, wanted, running]) => ({
    kind: kind as "setting",
    change: change as "change",
    item: "cloud",
    field: field ?? "",
    wanted: wanted ?? "",
    running: running ?? "",
  })),
  problems: [],
};

const stage = (
  code: "snapshot" | "validate" | "apply" | "compare" | "programUp" | "rollback",
): StageView => ({
  key: `stage.${code}`,
  says: phrase(`stage.${code}`),
  state: "good",
  ms: 40,
  found: null,
  failure: null,
});

const notUp = {
  kind: "fault" as const,
  code: "program.unhealthy",
  facts: { program: "nanomq", url: "http://192.168.1.20:8081", item: "cloud", reason: "bridgeDown" },
};

export const bridgeRolledBack: JobView = {
  key: "p1",
  state: "failed",
  startedAt: Date.UTC(2026, 10, 19, 9),
  endedAt: Date.UTC(2026, 10, 19, 9, 1),
  done: 4,
  total: 5,
  doing: null,
  leftMs: null,
  failure: {
    kind: "fault",
    code: "gateway.rolledBack",
    facts: { url: "http://192.168.1.20:8081", because: "program.unhealthy" },
  },
  good: false,
  detail: {
    kind: "program",
    program: "nanomq",
    digest: "77aa",
    stages: [
      stage("snapshot"),
      stage("validate"),
      stage("apply"),
      stage("compare"),
      { ...stage("programUp"), state: "bad", ms: 30_120, failure: notUp },
      { ...stage("rollback"), found: phrase("found.programRestored") },
    ],
  },
};
