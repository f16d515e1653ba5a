import type { TopicItem } from "#contract/contract.ts";
import { type StandInDetail, usualStandIn } from "#contract/standInViews.ts";
import { phrase } from "#domain/phrase.ts";

/** A stand-in that publishes, one whose broker is away and whose queue is nearly full, and one that ended. */
const startedAt = Date.now() - 3_600_000;

const detail: StandInDetail = {
  ...{ kind: "standin", choice: usualStandIn, link: "online", linkFailure: null, diskFailure: null },
  ...{ queued: 312, bytes: 1_940_000, oldestAt: Date.now() - 95_000, made: 12_840 },
  ...{ sent: 12_531, acknowledged: 12_528, replayed: 1204, replayLeft: 309, perSecond: 51.5 },
  dropped: { full: 0, old: 0, damaged: 0, large: 0, unkept: 0 },
  found: { queued: 1513, cutBytes: 0, cursorLost: false },
};

const running = {
  key: "standin-1",
  state: "running",
  ...{ startedAt, endedAt: null, done: 12_528, total: 12_840, leftMs: null },
  ...{ failure: null, good: false, doing: phrase("doing.standingIn", { queued: 312 }) },
} as const;

export const standInOnline: TopicItem<"jobs"> = { ...running, detail };

export const standInOffline: TopicItem<"jobs"> = {
  ...running,
  doing: phrase("doing.keeping", { queued: 1_204_118 }),
  detail: {
    ...detail,
    ...{ link: "waiting", queued: 1_204_118, bytes: 262_000_000, oldestAt: Date.now() - 260_000_000 },
    linkFailure: {
      kind: "fault",
      code: "uplink.unreachable",
      facts: { host: "broker.training", port: 1883, reason: "refused" },
    },
    diskFailure: {
      kind: "fault",
      code: "file.unwritable",
      facts: { path: "/home/anna/Sites/north.queue/0000000001204119.messages", reason: "diskFull" },
    },
    ...{ perSecond: 0, replayLeft: 0 },
    dropped: { full: 4102, old: 17, damaged: 0, large: 1, unkept: 12 },
    found: { queued: 1513, cutBytes: 212, cursorLost: true },
  },
};

export const standInStopped: TopicItem<"jobs"> = {
  ...running,
  state: "cancelled",
  ...{ endedAt: Date.now(), doing: null },
  detail,
};
