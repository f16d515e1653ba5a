import type { TopicItem } from "#contract/contract.ts";
import { nothingSeen } from "#domain/modbus/identity.ts";
import { phrase } from "#domain/phrase.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { tagKey } from "#domain/tag/tag.ts";

/** A training site in full work, as topic items. */
const startedAt = Date.UTC(2026, 10, 20, 13, 2, 0);

const rtu = {
  kind: "serial",
  id: "line-1",
  name: "rtu",
  port: "simulated:rtu",
  gatewayPort: "/dev/ttyS0",
  settings: { baudRate: 19200, parity: "even", dataBits: 8, stopBits: 1 },
  timeoutMs: 500,
  units: [
    { number: 1, name: "Energy meter", identity: "Lastmile EM-3 1.4" },
    { number: 3, name: "Pump controller", identity: "Lastmile PC-20" },
    { number: 17, name: "Rectifier", identity: "" },
    { number: 60, name: "Door contact", identity: "" },
  ],
} as const;
const plc = {
  kind: "tcp",
  id: "line-2",
  name: "plc",
  host: "127.0.0.1",
  port: 15020,
  timeoutMs: 500,
  units: [{ number: 1, name: "Tank PLC", identity: "Lastmile PLC 2.0" }],
} as const;

export const trainingSite: TopicItem<"site"> = {
  key: "site",
  head: {
    id: "training",
    name: "North pump station",
    path: ["Water", "East", "NPS-07"],
    engineer: "M. Chen",
    note: "Key at the gate house. Cabinet 2, left door.",
    training: true,
    gateway: { url: "http://127.0.0.1:17000", user: "admin" },
    lines: [rtu, plc],
    groups: [
      { line: "rtu", name: "feeder1", intervalMs: 1000 },
      { line: "rtu", name: "pump", intervalMs: 1000 },
      { line: "plc", name: "tank", intervalMs: 500 },
    ],
    uplink: {
      host: "broker.training",
      port: 1883,
      tls: false,
      ca: "",
      version: "3.1.1",
      clientId: "nps-07",
      username: "nps07",
      qos: 1,
      format: "values",
      topic: "{site}/{line}/{group}",
    },
  },
  path: "sites/north-pump-station.site.json",
  saved: "saved",
  canUndo: true,
  canRedo: false,
  notice: null,
  evidence: { lines: 214, head: "9f2ac41b7720d3e58c4c1b9be8a0c6d1", cutBytes: 0 },
};

export const session: TopicItem<"session"> = {
  key: "session",
  reading: false,
  secretsLast: true,
  trainingRunning: true,
};

export const trainingGateway: TopicItem<"gateway"> = {
  key: "gateway",
  url: "http://127.0.0.1:17000",
  user: "admin",
  version: "2.15.1",
  skewMs: 400,
  defaultPassword: true,
  plugins: ["Modbus TCP", "Modbus RTU", "MQTT", "eKuiper"],
  nodes: [
    { node: "rtu", plugin: "Modbus RTU", running: 3, link: 1, rtt: 38, groups: 2, tags: 28 },
    { node: "plc", plugin: "Modbus TCP", running: 3, link: 1, rtt: 3, groups: 1, tags: 12 },
    { node: "old-meter", plugin: "Modbus TCP", running: 3, link: 0, rtt: 9999, groups: 1, tags: 0 },
    { node: "cloud", plugin: "MQTT", running: 4, link: 0, rtt: 9999, groups: 0, tags: 0 },
  ],
  unfinishedSince: null,
  digest: "3c1f0c2a5b1d4d0f9a7b",
  differences: 3,
};

export const links: readonly TopicItem<"links">[] = [
  { key: "line:line-1", state: "ok", says: phrase("link.free"), failure: null },
  { key: "line:line-2", state: "idle", says: phrase("link.closed"), failure: null },
  { key: "gateway", state: "ok", says: phrase("link.signedIn", { version: "2.15.1" }), failure: null },
  { key: "uplink", state: "idle", says: phrase("link.notChecked"), failure: null },
];

const names = [
  ["feeder1", "voltage", 1, 0, "V"],
  ["feeder1", "current", 1, 2, "A"],
  ["feeder1", "energy", 1, 12, "kWh"],
  ["pump", "speed", 3, 100, "rpm"],
  ["pump", "flow", 3, 101, "l/s"],
  ["pump", "run", 3, 110, ""],
] as const;

export const tags: readonly TopicItem<"tags">[] = names.map(
  ([group, name, unit, offset, unitName], index) => {
    const tag: Tag = {
      line: "rtu",
      group,
      name,
      address: { unit, area: "holding", offset },
      type: "float",
      access: ["read"],
      scale: 1,
      bias: 0,
      precision: 1,
      unit: unitName,
      description: "",
    };
    return {
      key: tagKey(tag),
      index,
      tag: { ...tag, access: ["read"] },
      printed: `${unit}!4${String(offset + 1).padStart(5, "0")}`,
    };
  },
);

const scanBase = {
  startedAt,
  failure: null,
  good: true,
} as const;

const said = { name: "", seen: nothingSeen, identifiedBy: [] } as const;
const meter = {
  ...nothingSeen,
  vendor: "Lastmile",
  product: "EM-3",
  revision: "1.4",
  serial: "EM-0042",
  sunspecModels: [1, 203],
};

const units = [
  { ...said, seen: meter, number: 1, identity: "Lastmile EM-3 1.4", latencyMs: 12, answered: "data" },
  { ...said, number: 3, identity: "Lastmile PC-20", latencyMs: 18, answered: "data" },
  { ...said, number: 17, identity: "", latencyMs: 241, answered: "data" },
  { ...said, number: 42, identity: "Lastmile VX, 0.9", latencyMs: 0, answered: "exception" },
] as const;
const scan = { kind: "scan", line: "line-1", from: 1, to: 247, listenedMs: 5000, timeoutMs: 124 } as const;

export const scanRunning: TopicItem<"jobs"> = {
  ...scanBase,
  key: "scan-1",
  state: "running",
  endedAt: null,
  done: 171,
  total: 247,
  doing: phrase("doing.asking", { unit: 172, found: 4 }),
  leftMs: 9200,
  detail: { ...scan, units: [...units], suspects: [], asked: 171 },
};

export const scanDone: TopicItem<"jobs"> = {
  ...scanRunning,
  state: "done",
  endedAt: startedAt + 30_000,
  done: 247,
  doing: null,
  leftMs: null,
  detail: { ...scan, units: [...units], suspects: [], asked: 247 },
};

export const scanRefused: TopicItem<"jobs"> = {
  ...scanRunning,
  state: "failed",
  endedAt: startedAt + 5000,
  done: 0,
  doing: null,
  leftMs: null,
  failure: { kind: "fault", code: "line.taken", facts: { frames: 38, units: "3, 17" } },
  detail: { ...scan, units: [], suspects: [], asked: 0, listenedMs: 2100 },
};

export const snapshotDone: TopicItem<"jobs"> = {
  key: "snap-1",
  state: "done",
  startedAt: startedAt - 60_000,
  endedAt: startedAt - 58_000,
  done: 1,
  total: 1,
  doing: null,
  leftMs: null,
  failure: null,
  good: true,
  detail: { kind: "snapshot", digest: "3c1f0c2a", nodes: 4, tags: 40 },
};

/** A conversation on the wire, `count` rows, the last one now. */
export function wireRows(count: number, now: number): readonly TopicItem<"wire">[] {
  const talk = [
    ["sent", 17, phrase("wire.read", { area: "holding", from: 0, to: 9 }), "11 03 00 00 00 0A C7 5D", "good"],
    ["received", 17, phrase("wire.registers", { count: 3 }), "11 03 06 08 FC 00 00 43 65 4C F2", "good"],
    ["sent", 42, phrase("wire.read", { area: "holding", from: 0, to: 0 }), "2A 03 00 00 00 01 82 11", "good"],
    ["received", 42, phrase("wire.badCrc", { bytes: 9 }), "2A 03 02 2A 03 02 13 88 13", "badCrc"],
    [
      "received",
      42,
      phrase("wire.exception", { exception: 2, name: "illegal data address" }),
      "2A 83 02 B0 F9",
      "good",
    ],
  ] as const;
  const rows: TopicItem<"wire">[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const at = now - (count - seq) * 41;
    if (seq % 9 === 0) {
      rows.push({
        key: String(seq),
        seq,
        at,
        medium: "mqtt",
        line: "nps-07/rtu/pump",
        direction: "received",
        unit: null,
        says: phrase("wire.message", { topic: "nps-07/rtu/pump", bytes: 96 }),
        bytes: '{"node":"rtu","group":"pump","timestamp":1795093324000,"values":{"speed":1482,"flow":71.3}}',
        verdict: "good",
        gapMs: 0,
      });
      continue;
    }
    const [direction, unit, says, bytes, verdict] = talk[seq % talk.length] ?? talk[0];
    rows.push({
      key: String(seq),
      seq,
      at,
      medium: "modbus",
      line: "rtu",
      direction,
      unit,
      says,
      bytes,
      verdict,
      gapMs: direction === "sent" ? 4 : 38,
    });
  }
  return rows;
}
