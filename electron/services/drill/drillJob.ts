import type { DrillDetail } from "#contract/drillViews.ts";
import { judgeDrill, lateAfterMs } from "#domain/drill/judge.ts";
import { lanesOf } from "#domain/drill/lanes.ts";
import type { DrillFacts, DrillGroup } from "#domain/drill/model.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";
import type { JobControl } from "../jobRunner.ts";
import type { WireLog } from "../wireLog.ts";
import type { World } from "../world.ts";
import { type Between, publisherParams, publisherSettings, putBetween } from "./between.ts";
import { outcomeView } from "./findings.ts";
import { drillGroups, type Listening, listenTo } from "./listen.ts";
import { cutAndHold, hearAll, waitForTail } from "./phases.ts";
import { watchSeen } from "./restarts.ts";
import { copied, watchDrill, witness } from "./watch.ts";

/**
 * Cuts the way from the gateway to its broker, holds the cut, restores it, and counts by a subscriber of its own what
 * became of every tag's samples. By the proxy the gateway's settings are changed for as long as it lasts and put
 * back whatever happens; by hand the person is asked to pull and plug, and the break is seen by itself.
 *
 * @returns true when nothing was lost
 * @throws FaultError drill.silent where nothing arrives before the cut, drill.notThrough, drill.noBreak
 */
export async function runDrill(
  world: World,
  site: Site,
  parts: { readonly gateway: GatewayDesk; readonly wire: WireLog },
  job: JobControl<DrillDetail>,
): Promise<boolean> {
  const { gateway, wire } = parts;
  const all = drillGroups(site);
  if (all.length === 0) throw new ProblemError({ code: "tags.none" });
  job.progress(0, 0, phrase("doing.drillPreparing"));
  const session = gateway.signedIn ? gateway.session() : undefined;
  const params =
    session &&
    (await publisherParams(session, site, job.signal).catch((error) => {
      // By hand it is only good to know.
      if (job.detail.by === "proxy") throw error;
      return undefined;
    }));
  const heard = await listenTo(world, site, wire, job.signal);
  let between: Between | undefined;
  try {
    const groups = await hearAll(world, all, heard, job);
    if (job.detail.by === "proxy" && params) {
      between = await putBetween(world, gateway, site, params, job);
      heard.clear();
      await hearAll(world, groups, heard, job);
    }
    return await drill(world, site, parts, { groups, all, heard, between, params }, job);
  } finally {
    await between?.putBack();
    await heard.close();
  }
}

/** A drill that has not begun. */
export function drillDetailOf(choice: Pick<DrillDetail, "by" | "how" | "holdSeconds">): DrillDetail {
  return {
    ...{ kind: "drill", ...choice, phase: "preparing", cutAt: null, restoredAt: null },
    ...{ timeline: null, arrived: 0, late: 0, outcome: null },
  };
}

interface Drilled {
  readonly groups: readonly DrillGroup[];
  readonly all: readonly DrillGroup[];
  readonly heard: Listening;
  readonly between: Between | undefined;
  readonly params: Readonly<Record<string, unknown>> | undefined;
}

async function drill(
  world: World,
  site: Site,
  { gateway }: { readonly gateway: GatewayDesk },
  { groups, all, heard, between, params }: Drilled,
  job: JobControl<DrillDetail>,
): Promise<boolean> {
  const { clock } = world;
  const settings = params && publisherSettings(params);
  heard.clear();
  const startedAt = clock.now();
  const seen = between && witness(between.proxy, site);
  const restarts = between && watchSeen(world, gateway.session(), uplinkNodeOf(site), job.signal);
  try {
    const watch = watchDrill(world, groups, heard, job, startedAt);
    const { cutAt, restoredAt } = await cutAndHold(world, groups, watch, between?.proxy, job);
    await waitForTail(world, groups, watch, { restoredAt, holdMs: restoredAt - cutAt }, job);
    const sent = seen?.sent() ?? null;
    const facts: DrillFacts = {
      ...{ startedAt, cutAt, restoredAt, endedAt: clock.now(), sent },
      reconnectedAt: seen?.welcomedAfter(restoredAt) ?? null,
      qos: settings?.qos ?? site.uplink?.qos ?? 0,
      cache: settings?.cache ?? null,
      restarted: restarts?.seen() ?? false,
    };
    const outcome = judgeDrill(groups, heard.arrivals, facts);
    const view = outcomeView(outcome, facts, {
      unheard: all.filter((one) => !groups.includes(one)).map(({ key }) => key),
      breaks: heard.breaks,
      opaque: between !== undefined && sent === null,
      replayEveryMs: settings?.replayEveryMs ?? null,
    });
    const span = { from: startedAt, to: facts.endedAt, offsetMs: outcome.offsetMs, lateAfterMs };
    const missing = new Map(outcome.groups.map((group) => [group.key, group.missing]));
    const { lanes, ...axis } = lanesOf(groups, heard.arrivals, span, missing);
    const timeline = { ...axis, lanes: lanes.map(copied) };
    job.show({ ...job.detail, phase: "over", timeline, outcome: view });
    const { by, how, holdSeconds } = job.detail;
    const times = { startedAt, cutAt, restoredAt, endedAt: facts.endedAt };
    await job.record("drilled", { by, how, holdSeconds, ...times, ...view });
    return view.lost === 0;
  } finally {
    seen?.forget();
    restarts?.stop();
  }
}
