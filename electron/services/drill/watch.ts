import type { LinkProxy } from "#capabilities/linkProxy.ts";
import type { DrillDetail } from "#contract/drillViews.ts";
import { clockOffsetMs, lateAfterMs } from "#domain/drill/judge.ts";
import { lanesOf } from "#domain/drill/lanes.ts";
import { messageReader } from "#domain/drill/message.ts";
import type { DrillGroup, SentMessage } from "#domain/drill/model.ts";
import type { Site } from "#domain/site/site.ts";
import type { JobControl } from "../jobRunner.ts";
import type { World } from "../world.ts";
import type { Listening } from "./listen.ts";

/** What the proxy sees of a publisher, from now on. */
export interface ProxyWitness {
  /** null where TLS hides the messages */
  sent(): readonly SentMessage[] | null;
  /** when the publisher was first let in after `at`; null: not at all */
  welcomedAfter(at: number): number | null;
  forget(): void;
}

export function witness(proxy: LinkProxy, site: Site): ProxyWitness {
  const read = messageReader(site.uplink?.format ?? "values");
  const sent = new Map<string, SentMessage>();
  const welcomes: number[] = [];
  const forget = proxy.onPassing(({ way, stage, packet, at }) => {
    if (way === "down" && stage === "passed" && packet.kind === "welcome" && packet.accepted)
      welcomes.push(at);
    if (way !== "up" || packet.kind !== "publish") return;
    const message = read(packet.payload);
    if (message === undefined) return;
    const id = `${message.key} ${message.timestamp} ${message.mark}`;
    const passed = (sent.get(id)?.passed ?? 0) + (stage === "passed" ? 1 : 0);
    sent.set(id, { ...message, passed });
  });
  return {
    sent: () => (site.uplink?.tls ? null : [...sent.values()]),
    welcomedAfter: (at) => welcomes.find((one) => one >= at) ?? null,
    forget,
  };
}

/** The running drill as the page sees it: what came so far, and each group's lane. */
export interface Watch {
  /** ms since the last message of any group; since the start where none came */
  readonly quietMs: number;
  /** a message that was stamped after `at` came from every group, or from any */
  isBack(at: number, which: "every" | "any"): boolean;
  /** ms since the last message that came late */
  readonly lateQuietMs: number;
  show(change: Partial<DrillDetail>): void;
}

export function watchDrill(
  world: World,
  groups: readonly DrillGroup[],
  heard: Listening,
  job: JobControl<DrillDetail>,
  startedAt: number,
): Watch {
  const intervals = new Map(groups.map(({ key, intervalMs }) => [key, intervalMs]));
  let looked = 0;
  let late = 0;
  let lastAt = startedAt;
  let lastLateAt = startedAt;
  let offsetMs = Number.NEGATIVE_INFINITY;
  const newest = new Map<string, number>();

  function look(): void {
    const { arrivals } = heard;
    const { cutAt } = job.detail;
    if (cutAt === null || !Number.isFinite(offsetMs)) offsetMs = clockOffsetMs(arrivals, cutAt ?? Infinity);
    for (; looked < arrivals.length; looked++) {
      const one = arrivals[looked];
      if (one === undefined || !intervals.has(one.key)) continue;
      const stampedAt = one.timestamp + offsetMs;
      lastAt = one.at;
      newest.set(one.key, Math.max(newest.get(one.key) ?? 0, stampedAt));
      if (one.at - stampedAt <= (intervals.get(one.key) ?? 0) + lateAfterMs) continue;
      late++;
      lastLateAt = one.at;
    }
  }

  return {
    get quietMs() {
      look();
      return world.clock.now() - lastAt;
    },
    get lateQuietMs() {
      look();
      return world.clock.now() - lastLateAt;
    },
    isBack(at, which) {
      look();
      const back = (key: string) => (newest.get(key) ?? 0) >= at;
      return which === "any" ? groups.some(({ key }) => back(key)) : groups.every(({ key }) => back(key));
    },
    show(change) {
      look();
      const to = Math.max(world.clock.now(), startedAt + 1);
      const span = { from: startedAt, to, offsetMs, lateAfterMs };
      const timeline = lanesOf(groups, heard.arrivals, span, new Map());
      job.show({
        ...job.detail,
        timeline: { ...timeline, lanes: timeline.lanes.map(copied) },
        arrived: heard.arrivals.length,
        late,
        ...change,
      });
    },
  };
}

/** The view's arrays are its own. */
export function copied(lane: {
  readonly key: string;
  readonly fresh: readonly number[];
  readonly late: readonly number[];
  readonly lost: readonly number[];
}) {
  return { key: lane.key, fresh: [...lane.fresh], late: [...lane.late], lost: [...lane.lost] };
}
