import type { TopicItem } from "#contract/contract.ts";
import type { StageView } from "#contract/views.ts";
import { type Phrase, type PhraseCode, phrase } from "#domain/phrase.ts";
import { trainingSite } from "./trainingItems.ts";

/** An uplink over TLS after a check that went well, and after one that met a broker without its intermediate. */
const at = Date.UTC(2026, 10, 20, 13, 5, 0);
const pem = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2x\n-----END CERTIFICATE-----";

export const secureSite: TopicItem<"site"> = {
  ...trainingSite,
  head: {
    ...trainingSite.head,
    uplink: trainingSite.head.uplink && {
      ...trainingSite.head.uplink,
      ...{
        host: "10.20.0.5",
        port: 8084,
        tls: true,
        ca: pem,
        clientCertificate: pem,
        webSocketPath: "/mqtt",
      },
    },
  },
};

const stage = (code: PhraseCode, ms: number, found: Phrase, notes: readonly Phrase[] = []): StageView => ({
  key: code,
  says: phrase(code),
  state: notes.length > 0 ? "warn" : "good",
  ...{ ms, found, failure: null, notes: [...notes] },
});
const waiting = (code: PhraseCode): StageView => ({
  key: code,
  says: phrase(code),
  state: "waiting",
  ms: null,
  found: null,
  failure: null,
});

const dates = { validFrom: Date.UTC(2025, 11, 4), validTo: Date.UTC(2026, 11, 4), known: false };
const print = "9F:2A:C4:1B:77:20:D3:E5:8C:4C:1B:9B:E8:A0:C6:D1:9F:2A:C4:1B:77:20:D3:E5:8C:4C:1B:9B:E8:A0:C6:";
const own = {
  ...dates,
  subject: "CN=broker.water.example, O=Water",
  issuer: "CN=Water issuing 2, O=Water",
  names: ["broker.water.example", "10.20.0.5"],
  fingerprint: `${print}01`,
};
const between = {
  ...dates,
  validTo: Date.UTC(2030, 0, 1),
  subject: "CN=Water issuing 2, O=Water",
  issuer: "CN=Water root, O=Water",
  names: [],
  fingerprint: `${print}02`,
};
const root = {
  ...dates,
  ...{ validFrom: Date.UTC(2020, 0, 1), validTo: Date.UTC(2045, 0, 1), known: true, names: [] },
  subject: "CN=Water root, O=Water",
  issuer: "CN=Water root, O=Water",
  fingerprint: `${print}03`,
};
const secured = { protocol: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", at };
const times = (least: number) => Array.from({ length: 20 }, (_, index) => least + ((index * 7) % 11) / 2);

const base = {
  key: "uplink-1",
  state: "done",
  startedAt: at - 9000,
  endedAt: at,
  done: 14,
  total: 14,
  doing: null,
  leftMs: null,
  failure: null,
} as const;

export const uplinkGood: TopicItem<"jobs"> = {
  ...base,
  good: true,
  detail: {
    kind: "uplink",
    stages: [
      stage("stage.name", 4, phrase("found.addresses", { addresses: "10.20.0.5" })),
      stage("stage.tcp", 21, phrase("found.open", { host: "10.20.0.5", port: 8084 })),
      stage(
        "stage.tls",
        88,
        phrase("found.tls", { protocol: "TLSv1.3", subject: own.subject, until: "2026-12-04" }),
        [
          phrase("note.expires", { subject: own.subject, days: 13, until: "2026-12-04" }),
          phrase("note.addressHasNoName"),
        ],
      ),
      stage("stage.connect", 104, phrase("found.connected", { ms: 104, version: "3.1.1" }), [
        phrase("note.gatewayWithoutWebSocket"),
      ]),
      stage("stage.subscribe", 61, phrase("found.subscribed", { topics: 4 })),
      stage("stage.publish", 182, phrase("found.published", { topics: 4 })),
      stage("stage.roundTrip", 3120, phrase("found.roundTrips", { count: 60, p50: 44, max: 52, pingMs: 21 })),
      {
        ...stage("stage.will", 5000, phrase("found.retained")),
        state: "warn",
        found: null,
        failure: { kind: "fault", code: "uplink.willDenied", facts: { topic: "nps-07/check/will" } },
      },
      stage("stage.retained", 130, phrase("found.retained")),
      stage("stage.session", 212, phrase("found.sessionKept")),
      stage("stage.keepAlive", 0, phrase("found.keepAliveKept", { seconds: 2, ms: 3050 })),
      stage("stage.payload", 340, phrase("found.payload", { bytes: 16_384, needed: 860 })),
      { ...waiting("stage.gatewayLink"), state: "skipped", found: phrase("found.gatewaySkipped") },
      { ...waiting("stage.groups"), state: "skipped", found: phrase("found.gatewaySkipped") },
    ],
    chain: { ...secured, cause: "", certificates: [own, between, root] },
    trips: [
      { qos: 0, timesMs: times(42) },
      { qos: 1, timesMs: times(43) },
      { qos: 2, timesMs: times(46) },
    ],
    pingsMs: [21.2, 20.4, 22.8, 21, 20.9, 24.1],
  },
};

export const uplinkBroken: TopicItem<"jobs"> = {
  ...base,
  good: false,
  detail: {
    kind: "uplink",
    stages: [
      stage("stage.name", 4, phrase("found.addresses", { addresses: "10.20.0.5" })),
      stage("stage.tcp", 21, phrase("found.open", { host: "10.20.0.5", port: 8084 })),
      {
        ...waiting("stage.tls"),
        state: "bad",
        ms: 71,
        failure: {
          kind: "fault",
          code: "uplink.tlsFailed",
          facts: { host: "10.20.0.5", cause: "missingIntermediate", seen: "Water issuing 2" },
        },
      },
      waiting("stage.connect"),
      waiting("stage.subscribe"),
      waiting("stage.publish"),
      waiting("stage.roundTrip"),
      waiting("stage.payload"),
    ],
    chain: { ...secured, cause: "missingIntermediate", certificates: [own] },
    trips: [],
    pingsMs: [],
  },
};
