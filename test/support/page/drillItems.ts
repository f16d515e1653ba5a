import type { TopicItem } from "#contract/contract.ts";
import type { DrillDetail } from "#contract/drillViews.ts";
import { phrase } from "#domain/phrase.ts";

/** An outage drill under way, one that lost samples, one that waits for a person; and a keep-alive advice. */
const startAt = Date.UTC(2026, 10, 20, 13, 20, 0);
const binMs = 1000;
const [cut, back] = [14, 52];

function lane(key: string, everySeconds: number, lostUntil: number, until = 80) {
  const bins = Array.from({ length: 80 }, (_, bin) => bin);
  const due = (bin: number) => bin % everySeconds === 0 && bin < until;
  const isOut = (bin: number) => bin >= cut && bin < back;
  return {
    key,
    fresh: bins.map((bin) => (due(bin) && !isOut(bin) ? 1 : 0)),
    late: bins.map((bin) => (due(bin) && isOut(bin) && bin >= lostUntil ? 1 : 0)),
    lost: bins.map((bin) => (due(bin) && isOut(bin) && bin < lostUntil ? 1 : 0)),
  };
}

const lanes = [
  lane("Meters/feeder1", 1, 34),
  lane("Meters/pump", 1, 34),
  lane("Meters/rectifier", 2, 34),
  lane("Tank/tank", 2, 34),
];

const detail: DrillDetail = {
  ...{ kind: "drill", by: "proxy", how: "reset", holdSeconds: 38, phase: "over" },
  ...{ cutAt: startAt + cut * binMs, restoredAt: startAt + back * binMs, arrived: 180, late: 54 },
  timeline: { startAt, binMs, lanes },
  outcome: null,
};

const lostTag = (key: string, group: string, expected: number, lost: number, late: number) => ({
  ...{ key, group, expected, arrived: expected - lost, lost, duplicated: 0, reordered: late, late },
  longestLateMs: 21_400,
  causes:
    lost > 0
      ? [
          { cause: "cacheSmall" as const, lost: lost - 2 },
          { cause: "qos0" as const, lost: 2 },
        ]
      : [],
});

const job = {
  ...{ state: "done" as const, startedAt: startAt, endedAt: startAt + 80_000, done: 0, total: 0 },
  ...{ doing: null, leftMs: null, failure: null, good: false },
} as const;

export const drillDone: TopicItem<"jobs"> = {
  ...{ key: "drill-1", ...job },
  detail: {
    ...detail,
    outcome: {
      ...{ expected: 240, arrived: 180, lost: 60, duplicated: 3, reordered: 54, late: 54 },
      longestLateMs: 21_400,
      tags: [
        lostTag("Meters/feeder1/voltage_l1", "Meters/feeder1", 80, 20, 18),
        lostTag("Meters/feeder1/energy", "Meters/feeder1", 80, 20, 18),
        lostTag("Meters/rectifier/output", "Meters/rectifier", 40, 10, 9),
        lostTag("Tank/tank/level", "Tank/tank", 40, 0, 19),
        { ...lostTag("Tank/tank/door", "Tank/tank", 1, 0, 0), expected: null, lost: null, longestLateMs: 0 },
      ],
      findings: [
        {
          says: phrase("drillCause.cacheSmall", { lost: 52, messages: 1000, perSecond: 3 }),
          advice: phrase("drillTry.cacheSmall"),
          lost: 52,
        },
        { says: phrase("drillCause.qos0", { lost: 8 }), advice: phrase("drillTry.qos0"), lost: 8 },
        { says: phrase("drillNote.waited", { ms: 8000 }), advice: phrase("drillTry.waited"), lost: 0 },
        { says: phrase("drillNote.cacheSpan", { messages: 1000, ms: 333_000 }), advice: null, lost: 0 },
      ],
    },
  },
};

const isBefore = (bin: number) => bin < 30;
const soFar = (row: readonly number[]) => row.map((count, bin) => (isBefore(bin) ? count : 0));

export const drillOut: TopicItem<"jobs"> = {
  ...{ key: "drill-2", ...job, state: "running", endedAt: null, done: 16, total: 38 },
  ...{ doing: phrase("doing.drillOut"), leftMs: 22_000 },
  detail: {
    ...detail,
    ...{ phase: "out", restoredAt: null, arrived: 42, late: 0 },
    timeline: {
      ...{ startAt, binMs },
      lanes: lanes.map(({ key, fresh }) => ({ key, fresh: soFar(fresh), late: [], lost: [] })),
    },
  },
};

export const drillPull: TopicItem<"jobs"> = {
  ...drillOut,
  ...{ key: "drill-3", done: 0, total: 0, leftMs: null, doing: phrase("doing.drillPull") },
  detail: {
    ...drillOut.detail,
    ...{ kind: "drill" as const, by: "hand" as const, phase: "pull" as const, cutAt: null },
  } as DrillDetail,
};

const cost = (bytes: number, wakeUps: number, pings: number, connections: number) => ({
  ...{ bytes, wakeUps, messages: 96, pings, connections },
});

export const adviceDone: TopicItem<"jobs"> = {
  ...{ key: "advice-1", ...job, good: true },
  detail: {
    ...{ kind: "advice", path: "nat120", latestSeconds: 0, factor: 36 },
    silences: [15, 18, 22, 26, 31, 37, 45, 54, 60, 64, 77, 93, 111, 134, 144].map((seconds) => ({
      seconds,
      state: seconds < 120 ? ("alive" as const) : ("dead" as const),
    })),
    advice: {
      ...{ survivesSeconds: 111, failsSeconds: 134, keepAliveSeconds: 88, qos: 1, gatherSeconds: 0 },
      halfSleepPays: true,
      plans: [
        { name: "usual", keepAliveSeconds: 60, gatherSeconds: 0, cost: cost(245_472, 1440, 1344, 0) },
        { name: "advised", keepAliveSeconds: 88, gatherSeconds: 0, cost: cost(184_032, 982, 960, 0) },
        { name: "halfSleep", keepAliveSeconds: null, gatherSeconds: 0, cost: cost(93_600, 96, 0, 96) },
      ],
      bridge:
        'bridges.mqtt.cloud {\n  server = "mqtt-tcp://10.20.0.5:1883"\n  keepalive = "88s"\n  clean_start = false\n}\n',
      proved: true,
    },
  },
};
