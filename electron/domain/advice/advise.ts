import type { Connecting } from "./bytes.ts";
import { type DayCost, dayCost, type PathFacts, type Publishing, type UplinkPlan } from "./dayCost.ts";

/** What was measured of a path: how long a session survives in silence. */
export interface IdleFound {
  /** the longest silence after which a ping was answered */
  readonly survivesSeconds: number;
  /** the shortest after which none was; null: each one was answered */
  readonly failsSeconds: number | null;
}

export interface Advice {
  readonly keepAliveSeconds: number;
  readonly qos: 0 | 1 | 2;
  readonly gatherMs: number;
  readonly plans: readonly {
    readonly name: "usual" | "advised" | "halfSleep";
    readonly plan: UplinkPlan;
    readonly cost: DayCost;
  }[];
  /** ending the session between messages costs less than keeping it */
  readonly halfSleepPays: boolean;
}

/** What clients take who are told nothing: 60 s, as Neuron does. */
export const usualKeepAliveSeconds = 60;
/** Kept away from the limit found: timers drift, and other traffic comes in between. */
const marginShare = 0.8;
/** A dead link is noticed after one and a half keep-alives: half an hour is the most that an operator will wait. */
const mostSeconds = 1200;
const leastSeconds = 5;

/**
 * @param latestMs how much later values may arrive for being sent together; 0: not at all
 */
export function advise(
  found: IdleFound,
  groups: readonly Publishing[],
  kind: Connecting,
  link: { readonly loss: number; readonly latestMs: number },
): Advice {
  const keepAliveSeconds = Math.max(
    leastSeconds,
    Math.min(mostSeconds, Math.floor(found.survivesSeconds * marginShare)),
  );
  const path: PathFacts = {
    forgetsAfterMs: found.failsSeconds === null ? null : found.failsSeconds * 1000,
    loss: link.loss,
  };
  // Gathering pays only where it puts several samples into one message.
  const shortestMs = Math.min(...groups.map(({ intervalMs }) => intervalMs));
  const gatherMs = link.latestMs >= 2 * shortestMs ? link.latestMs : 0;
  // A connection that dies unseen takes with it what QoS 0 put into it.
  const qos = kind.qos === 0 ? 1 : kind.qos;
  const advisedKind = { ...kind, qos };
  const of = (name: Advice["plans"][number]["name"], plan: UplinkPlan, how: Connecting) => ({
    name,
    plan,
    cost: dayCost(groups, plan, how, path),
  });
  const usual = of("usual", { keepAliveSeconds: usualKeepAliveSeconds, gatherMs: 0 }, advisedKind);
  const advised = of("advised", { keepAliveSeconds, gatherMs }, advisedKind);
  const halfSleep = of("halfSleep", { keepAliveSeconds: null, gatherMs }, advisedKind);
  return {
    keepAliveSeconds,
    qos,
    gatherMs,
    plans: [usual, advised, halfSleep],
    halfSleepPays: halfSleep.cost.bytes < advised.cost.bytes,
  };
}

/** Silences worth trying, in seconds, ascending: a fifth more each time from fifteen on, and the usual keep-alive. */
export function silencesUpTo(seconds: number): readonly number[] {
  const silences = new Set([seconds]);
  for (let one = 15; one < seconds; one *= 1.2) silences.add(Math.round(one));
  if (usualKeepAliveSeconds < seconds) silences.add(usualKeepAliveSeconds);
  return [...silences].sort((a, b) => a - b);
}
