import type { FailureView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import { acceptanceRunning, acceptanceUnplanned, checklistAnswers } from "./acceptanceItems.ts";
import { besideDiff, bridgeRolledBack, plannedBridge, runningEkuiper, runningNanomq } from "./besideItems.ts";
import { adviceDone, drillDone, drillOut, drillPull } from "./drillItems.ts";
import * as gatewayAnswers from "./gatewayAnswers.ts";
import type { Scene } from "./sceneWorkbench.ts";
import { standInOffline, standInOnline, standInStopped } from "./standInItems.ts";
import * as tagAnswers from "./tagAnswers.ts";
import {
  links,
  scanDone,
  scanRefused,
  scanRunning,
  session,
  snapshotDone,
  tags,
  trainingGateway,
  trainingSite,
  wireRows,
} from "./trainingItems.ts";
import { noTrust, wholeTrust } from "./trustAnswers.ts";
import { secureSite, uplinkBroken, uplinkGood } from "./uplinkItems.ts";

const ports = [
  {
    path: "simulated:rtu",
    label: "Training line",
    manufacturer: "",
    serialNumber: "",
    usbId: "",
    simulated: true,
  },
  {
    path: "/dev/ttyUSB0",
    label: "USB0",
    manufacturer: "FTDI FT232R",
    serialNumber: "A50285BI",
    usbId: "0403:6001",
    latencyTimerMs: 16,
    simulated: false,
  },
];

const plan = {
  equal: false,
  nodes: { add: ["tank"], change: ["rtu"], remove: ["old-meter"] },
  tags: { add: 12, change: 3, remove: 0 },
  problems: [],
};

const busy: FailureView = { kind: "fault", code: "line.busy", facts: { port: "/dev/ttyUSB0" } };
const refusedLogin: FailureView = {
  kind: "fault",
  code: "gateway.loginRefused",
  facts: { url: "http://127.0.0.1:17000", user: "admin" },
};

const signedOut = {
  session: [session],
  site: [trainingSite],
  links: links.filter((link) => link.key !== "gateway"),
} as const;
const unconfirmedKey: FailureView = {
  kind: "problem",
  code: "ssh.hostKeyUnconfirmed",
  facts: { host: "192.168.1.10", fingerprint: "SHA256:Q3vYvKtPZ1tVt0mB3s0Yb6Xk3oE0q2j6s1m4w8r5n7A" },
};
const changedGateway: FailureView = {
  kind: "fault",
  code: "gateway.identityChanged",
  facts: {
    url: "http://192.168.1.10:7000",
    part: "mac",
    kept: "00:1a:2b:3c:4d:5e",
    found: "0c:9d:92:00:0a:01",
  },
};

const recent = [
  { path: "sites/north-pump.site.json", name: "North pump station", changedAt: Date.UTC(2026, 10, 19, 9) },
  {
    path: "sites/substation-12.site.json",
    name: "Substation 12, feeder bay east",
    changedAt: Date.UTC(2026, 10, 4, 15),
  },
];

const meterPoint = {
  printed: "30001",
  area: "input",
  offset: 0,
  type: "float",
  unit: "V",
  writable: false,
  scaleFrom: "",
} as const;
const profiles = [
  {
    id: "eastron-sdm120",
    vendor: "Eastron",
    model: "SDM120-Modbus",
    kind: "meter",
    says: { en: "Single-phase energy meter", zh: "单相电能表" },
    shipped: true,
    sources: [{ title: "SDM120-Modbus user manual", revision: "V2.4", place: "Input registers", url: "" }],
    cautions: [{ en: "Sixty registers a read at most", zh: "一次最多读取 60 个寄存器" }],
    line: { baudRate: 2400, unit: 1 },
    goldenReads: 4,
    vendorReads: 1,
    points: [
      { ...meterPoint, id: "voltage", says: { en: "Line to neutral voltage", zh: "相电压" } },
      {
        ...meterPoint,
        id: "current",
        offset: 6,
        printed: "30007",
        unit: "A",
        says: { en: "Current", zh: "电流" },
      },
    ],
  },
];
const [firstTag] = tags;

const registers = { words: [2300, 17_253, 0, 65_535, 2, 1, 0, 0, 4660, 22_136], at: 0, latencyMs: 21 };

const networks = [
  { name: "eth0", range: "192.168.1.0/24" },
  { name: "wlan0", range: "10.20.30.0/24" },
];

const answers = {
  "networks.list": networks,
  "line.read": registers,
  "ports.list": ports,
  "gateway.plan": plan,
  "gateway.diff": gatewayAnswers.diff,
  "gateway.take": gatewayAnswers.taken,
  "gateway.counts": gatewayAnswers.counts,
  "trust.show": wholeTrust,
  "bundle.receipt": {
    outcome: "rolledBack",
    because: "gateway.unhealthy",
    seq: 3,
    counter: 2,
    serial: "GW-0017",
    at: "1970-01-01T02:11:09.000Z",
    clock: "unknown",
    attestedBy: "gateway",
  },
  "clone.look": {
    sites: 0,
    first: [],
    problems: [
      {
        kind: "problem",
        code: "clone.cellMissing",
        facts: { column: "name" },
        at: { row: 4, column: "name" },
      },
      {
        kind: "problem",
        code: "clone.notUnique",
        facts: { what: "topic", value: "Water/North/rtu/power", row: 2 },
        at: { row: 17 },
      },
    ],
  },
  "sites.list": recent,
  "checklists.list": checklistAnswers,
  "acceptance.photo": { sha256: "9f".repeat(32), type: "jpeg", bytes: 1200 },
  "job.report": { jobId: "report-1" },
  "tags.plan": tagAnswers.plan,
  "tags.lint": tagAnswers.lint,
  "tags.export": tagAnswers.exported,
  "tags.preview": tagAnswers.preview,
  "job.resolve": { jobId: "resolve-1" },
  "job.gateways": { jobId: "gateways-1" },
  "job.drill": { jobId: "drill-9" },
  "job.advice": { jobId: "advice-9" },
  "profiles.propose": [
    {
      profile: "eastron-sdm120",
      vendor: "Eastron",
      model: "SDM120-Modbus",
      certainty: "likely",
      evidence: phrase("evidence.fc17", { text: "Eastron SDM120" }),
    },
  ],
  "profiles.list": { profiles, problems: [] },
  "tags.fromProfile": {
    tags: firstTag ? [{ tag: firstTag.tag, printed: firstTag.printed }] : [],
    taken: 1,
    problems: [],
  },
};
const idle = { key: "session", reading: false, secretsLast: true, trainingRunning: false } as const;

const working = {
  session: [session],
  site: [trainingSite],
  gateway: [trainingGateway],
  links,
  tags,
  wire: wireRows(400, Date.now()),
} as const;

const fresh = {
  ...trainingSite,
  head: {
    ...trainingSite.head,
    name: "Substation 12",
    lines: [],
    groups: [],
    gateway: null,
    uplink: null,
    training: false,
  },
  canUndo: false,
  evidence: { lines: 1, head: "b2d1", cutBytes: 118 },
  saved: "saving",
  notice: { kind: "problem", code: "site.readOnly", facts: { reason: "the evidence does not hold" } },
} as const;

const scenes: Readonly<Record<string, Scene>> = {
  none: { topics: { session: [idle], site: [] }, answers: { ...answers, "trust.show": noTrust } },
  noneKnown: { topics: { session: [idle], site: [] }, answers: { ...answers, "sites.list": [] } },
  fresh: { topics: { session: [idle], site: [fresh] }, answers: { ...answers, "trust.show": noTrust } },
  signedOut: { topics: signedOut, answers, failures: { "gateway.signIn": [refusedLogin] } },
  unconfirmedKey: { topics: signedOut, answers, failures: { "gateway.signIn": [unconfirmedKey] } },
  changedGateway: { topics: signedOut, answers, failures: { "gateway.signIn": [changedGateway] } },
  acceptance: { topics: { ...working, acceptance: [acceptanceRunning] }, answers },
  unplanned: { topics: { ...working, acceptance: [acceptanceUnplanned] }, answers },
  training: { topics: { ...working, jobs: [snapshotDone, scanDone] }, answers },
  found: {
    topics: {
      ...working,
      tags: [],
      site: [{ ...trainingSite, head: { ...trainingSite.head, lines: [], groups: [], uplink: null } }],
      jobs: [],
    },
    answers,
  },
  beside: {
    topics: {
      ...working,
      site: [{ ...trainingSite, head: { ...trainingSite.head, bridge: plannedBridge } }],
      programs: [runningNanomq, runningEkuiper],
    },
    answers: { ...answers, "program.diff": besideDiff, "job.program": { jobId: "p1" } },
  },
  besideFailed: {
    topics: {
      ...working,
      site: [{ ...trainingSite, head: { ...trainingSite.head, bridge: plannedBridge } }],
      programs: [{ ...runningNanomq, unfinishedSince: Date.UTC(2026, 10, 19, 9), fileKnown: false }],
      jobs: [bridgeRolledBack],
    },
    answers: { ...answers, "program.diff": besideDiff },
  },
  uplinkGood: { topics: { ...working, site: [secureSite], jobs: [uplinkGood] }, answers },
  uplinkBroken: { topics: { ...working, site: [secureSite], jobs: [uplinkBroken] }, answers },
  standInOnline: { topics: { ...working, jobs: [standInOnline] }, answers },
  standInOffline: { topics: { ...working, jobs: [standInOffline] }, answers },
  standInStopped: { topics: { ...working, jobs: [standInStopped] }, answers },
  drillDone: { topics: { ...working, jobs: [drillDone] }, answers },
  drillOut: { topics: { ...working, jobs: [drillOut] }, answers },
  drillPull: { topics: { ...working, jobs: [drillPull] }, answers },
  advice: { topics: { ...working, jobs: [adviceDone] }, answers },
  scan: { topics: { ...working, jobs: [snapshotDone, scanRunning] }, answers },
  taken: {
    topics: {
      ...working,
      jobs: [scanRefused],
      links: [
        {
          key: "line:line-1",
          state: "warn",
          says: phrase("link.taken", { units: "3, 17", frames: 38 }),
          failure: null,
        },
        { key: "gateway", state: "bad", says: phrase("link.unreachable"), failure: null },
        { key: "uplink", state: "bad", says: phrase("link.checkFailed"), failure: null },
      ],
    },
    answers,
    failures: { "job.scan": [busy] },
  },
  starting: { topics: {}, silent: true },
};

export function sceneNamed(name: string): Scene {
  const scene = scenes[name];
  if (!scene) throw new Error(`no scene ${name}`);
  return scene;
}
