import type { DrillCause, DrillFacts, SentMessage } from "./model.ts";

/** How long a broken connection goes unnoticed at most: one and a half times Neuron's fixed keep-alive of 60 s. */
const unnoticedMs = 95_000;

/** What the causes of one group's losses are told by. Time stamps are the publisher's. */
export interface LossWorld {
  readonly facts: DrillFacts;
  readonly offsetMs: number;
  readonly intervalMs: number;
  /** time stamps that came late, from the outage, ascending: the backlog */
  readonly backlog: readonly number[];
  /** messages of the whole site that came as backlog */
  readonly replayed: number;
  /** what the publisher sent and the link swallowed */
  readonly swallowed: readonly SentMessage[];
  /** messages came again after the outage */
  readonly isBack: boolean;
}

/**
 * Why one message is missing.
 *
 * @param timestamp when it would have been stamped
 * @returns `skipped` where the publisher never made it: a round that took longer than the interval is no loss
 */
export function causeOf(timestamp: number, world: LossWorld): DrillCause | "skipped" {
  const { facts, offsetMs, intervalMs } = world;
  const at = timestamp + offsetMs;
  const slackMs = 1.5 * intervalMs;
  const backAt = facts.reconnectedAt ?? facts.restoredAt;
  const swallowed = world.swallowed.find((sent) => Math.abs(sent.timestamp - timestamp) < intervalMs / 2);
  // What the proxy handed to the broker was lost behind it.
  if (swallowed) return swallowed.passed > 0 ? "outside" : facts.qos === 0 ? "qos0" : "unrepeated";
  if (!world.isBack && at > facts.cutAt - slackMs) return "notBack";
  // A publisher needs a moment to see that it may send again; without the proxy nobody sees when it did.
  const untilMs = backAt + slackMs + (facts.reconnectedAt === null ? reconnectMs : 0);
  // While the link is up the proxy sees all that is sent: what it did not see was never made.
  if (at < facts.cutAt - slackMs || at > untilMs) return facts.sent === null ? "outside" : "skipped";
  if (facts.restarted) return "cacheLost";
  if (facts.cache !== null && !facts.cache.on) return "cacheOff";
  // What was under way when the link broke may have been repeated without any cache: only younger ones tell of one.
  const younger = (world.backlog.at(-1) ?? Number.NEGATIVE_INFINITY) > timestamp;
  const older = world.backlog.some((one) => one < timestamp && one + offsetMs > facts.cutAt + intervalMs);
  const full = facts.cache !== null && world.replayed >= 0.9 * facts.cache.messages;
  // A cache that is not full gives back everything from the first one that it took: what is missing was never made.
  if (older && facts.cache !== null && !full) return "skipped";
  if (!younger) return facts.cache === null ? "cacheOff" : world.replayed === 0 ? "cacheLost" : "unknown";
  // Without the proxy the first seconds of an outage tell by their place alone that they went to a dead connection.
  const unseen = facts.sent === null && facts.qos === 0 && !full && at < facts.cutAt + unnoticedMs;
  return unseen ? "qos0" : "cacheSmall";
}

/** Publishers try again after growing pauses; this long they are given where nobody sees them do so. */
const reconnectMs = 30_000;

/** Counts of causes, the largest first. */
export function tally(
  causes: readonly DrillCause[],
): readonly { readonly cause: DrillCause; readonly lost: number }[] {
  const counts = new Map<DrillCause, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].map(([cause, lost]) => ({ cause, lost })).sort((a, b) => b.lost - a.lost);
}
