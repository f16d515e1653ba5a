import type { FailureView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import type { Scene } from "./sceneWorkbench.ts";
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

const recent = [
  { path: "sites/north-pump.site.json", name: "North pump station", changedAt: Date.UTC(2026, 10, 19, 9) },
  {
    path: "sites/substation-12.site.json",
    name: "Substation 12, feeder bay east",
    changedAt: Date.UTC(2026, 10, 4, 15),
  },
];

const networks = [
  { name: "eth0", range: "192.168.1.0/24" },
  { name: "wlan0", range: "10.20.30.0/24" },
];

const answers = {
  "ports.list": ports,
  "networks.list": networks,
  "gateway.plan": plan,
  "sites.list": recent,
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
  none: { topics: { session: [idle], site: [] }, answers },
  noneKnown: { topics: { session: [idle], site: [] }, answers: { ...answers, "sites.list": [] } },
  fresh: { topics: { session: [idle], site: [fresh] }, answers },
  signedOut: {
    topics: {
      session: [session],
      site: [trainingSite],
      links: links.filter((link) => link.key !== "gateway"),
    },
    answers,
    failures: { "gateway.signIn": [refusedLogin] },
  },
  training: { topics: { ...working, jobs: [snapshotDone, scanDone] }, answers },
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
