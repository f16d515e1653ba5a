/** A group of the site as a drill watches it. */
export interface DrillGroup {
  /** `line/group` by the names that the gateway's messages carry */
  readonly key: string;
  readonly intervalMs: number;
  readonly tags: readonly DrillTag[];
}

export interface DrillTag {
  readonly key: string;
  readonly name: string;
  /** sent only when it changed: how many were to come is not known */
  readonly onChange: boolean;
}

/** A message as it arrived at the subscriber. */
export interface Arrival {
  /** of its group */
  readonly key: string;
  /** our clock, ms since 1970 */
  readonly at: number;
  /** the sample's own time, by its publisher's clock */
  readonly timestamp: number;
  readonly tags: readonly string[];
  /** the same for the same message: two with one time stamp and one mark are one message twice */
  readonly mark: string;
}

/** A message as the proxy saw it; `passed` counts how often it was handed to the broker. */
export interface SentMessage {
  readonly key: string;
  readonly timestamp: number;
  readonly mark: string;
  readonly tags: readonly string[];
  readonly passed: number;
}

/** What is known of a drill beside the messages. Times by our clock, ms since 1970. */
export interface DrillFacts {
  readonly startedAt: number;
  readonly cutAt: number;
  readonly restoredAt: number;
  /** the publisher's next session began; null: not seen (without the proxy), or the old one went on */
  readonly reconnectedAt: number | null;
  readonly endedAt: number;
  readonly qos: 0 | 1 | 2;
  /** the publisher's cache, as its settings say; null: not known */
  readonly cache: { readonly on: boolean; readonly messages: number } | null;
  /** the publisher was seen to restart, or was configured anew, during the drill */
  readonly restarted: boolean;
  /** by the proxy; null without one, or where TLS hides the messages */
  readonly sent: readonly SentMessage[] | null;
}

export const drillCauses = [
  /** no cache: what the outage fell on is gone */
  "cacheOff",
  /** the oldest gave way to newer ones */
  "cacheSmall",
  /** the cache was on and gave nothing back: a restart or new settings throw it away */
  "cacheLost",
  /** handed to a dead connection at QoS 0, which nobody repeats */
  "qos0",
  /** the same at QoS 1 or 2: never acknowledged and never sent again */
  "unrepeated",
  /** the publisher did not come back until the end */
  "notBack",
  /** lost while the link was up */
  "outside",
  "unknown",
] as const;
export type DrillCause = (typeof drillCauses)[number];

/** One tag, or one group, after the drill. */
export interface DrillCounts {
  /** messages that were to come; null where only changes are sent and the proxy could not see them */
  readonly expected: number | null;
  /** different messages that came */
  readonly arrived: number;
  readonly lost: number | null;
  readonly duplicated: number;
  /** that came after a younger one */
  readonly reordered: number;
  readonly late: number;
  /** 0 where none was late */
  readonly longestLateMs: number;
  readonly causes: readonly { readonly cause: DrillCause; readonly lost: number }[];
}

export interface GroupOutcome extends DrillCounts {
  readonly key: string;
  /** time stamps of what did not come, by the publisher's clock */
  readonly missing: readonly number[];
}

export interface TagOutcome extends DrillCounts {
  readonly key: string;
  readonly group: string;
}

export interface DrillOutcome {
  readonly groups: readonly GroupOutcome[];
  readonly tags: readonly TagOutcome[];
  /** of all groups together, the largest first */
  readonly causes: readonly { readonly cause: DrillCause; readonly lost: number }[];
  /** the backlog came only when a fresh message was published: ms that it waited for it, as NanoMQ's bridge does */
  readonly waitedMs: number | null;
  /** nothing was lost and no new session was needed: TCP itself carried the outage over */
  readonly held: boolean;
  /** messages that the publisher left out by itself, because a round took longer than its interval: not lost */
  readonly skipped: number;
  /** our clock minus the publisher's, ms */
  readonly offsetMs: number;
  /** messages a second that the site publishes at least */
  readonly perSecond: number;
}
