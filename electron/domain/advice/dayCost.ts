import { type Connecting, pingBytes, publishBytes, sessionBytes } from "./bytes.ts";

/** What a site publishes: one entry a group. */
export interface Publishing {
  readonly topicBytes: number;
  readonly payloadBytes: number;
  readonly intervalMs: number;
}

/** How it is published. */
export interface UplinkPlan {
  /** null: the session ends after each message, and begins anew for the next (half-sleep) */
  readonly keepAliveSeconds: number | null;
  /** samples are gathered for so long and sent as one message; 0: each alone */
  readonly gatherMs: number;
}

export interface PathFacts {
  /** a flow that is idle for so long is forgotten; null: none was found that is */
  readonly forgetsAfterMs: number | null;
  /** share of segments that are sent again */
  readonly loss: number;
}

export interface DayCost {
  readonly bytes: number;
  /** times a radio has to leave its sleep: what follows within ten seconds finds it awake */
  readonly wakeUps: number;
  readonly messages: number;
  readonly pings: number;
  /** sessions begun, the first one left out */
  readonly connections: number;
}

const dayMs = 86_400_000;
/** A radio falls asleep after about ten seconds without traffic (RRC inactivity of LTE networks). */
const awakeMs = 10_000;

/** What a day of publishing costs. */
export function dayCost(
  groups: readonly Publishing[],
  plan: UplinkPlan,
  kind: Connecting,
  path: PathFacts,
): DayCost {
  const sent = groups.map((group) => {
    const everyMs = Math.max(group.intervalMs, plan.gatherMs);
    const samples = everyMs / group.intervalMs;
    // An array of samples: a comma each, and brackets around where there is more than one.
    const payload = samples > 1 ? Math.round(samples * (group.payloadBytes + 1) + 1) : group.payloadBytes;
    return { everyMs, bytes: publishBytes(kind, group.topicBytes, payload), perDay: dayMs / everyMs };
  });
  const gapMs = Math.min(dayMs, ...sent.map(({ everyMs }) => everyMs));
  const gaps = dayMs / gapMs;
  const messages = sent.reduce((sum, one) => sum + one.perDay, 0);
  const publishing = sent.reduce((sum, one) => sum + one.perDay * one.bytes, 0);
  const again = 1 / (1 - path.loss);

  if (plan.keepAliveSeconds === null) {
    const bytes = (publishing + gaps * sessionBytes(kind)) * again;
    return rounded({ bytes, wakeUps: awake(gapMs), messages, pings: 0, connections: gaps });
  }
  const keepAliveMs = plan.keepAliveSeconds * 1000;
  // A client pings when it has said nothing for a keep-alive (MQTT 3.1.2.10).
  const pingsAGap = Math.ceil(gapMs / keepAliveMs) - 1;
  const silentMs = Math.min(gapMs, keepAliveMs);
  const isForgotten = path.forgetsAfterMs !== null && silentMs >= path.forgetsAfterMs;
  const pings = gaps * pingsAGap;
  // Each silence ends in a vain packet, sent again some times, and a new session.
  const connections = isForgotten ? dayMs / silentMs : 0;
  const vain = vainTries * pingBytes(kind);
  const bytes = (publishing + pings * pingBytes(kind) + connections * (sessionBytes(kind) + vain)) * again;
  return rounded({ bytes, wakeUps: awake(silentMs), messages, pings, connections });
}

/** Tries in vain before a client gives a forgotten flow up: at 0.2, 0.4, 0.8 … s within some thirty seconds. */
const vainTries = 7;

function awake(everyMs: number): number {
  return everyMs <= awakeMs ? 1 : dayMs / everyMs;
}

function rounded(cost: DayCost): DayCost {
  const { bytes, wakeUps, messages, pings, connections } = cost;
  return {
    bytes: Math.round(bytes),
    wakeUps: Math.round(wakeUps),
    messages: Math.round(messages),
    pings: Math.round(pings),
    connections: Math.round(connections),
  };
}
