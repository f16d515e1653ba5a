import type { LinkProxy } from "#capabilities/linkProxy.ts";
import type { DrillDetail } from "#contract/drillViews.ts";
import type { DrillGroup } from "#domain/drill/model.ts";
import { FaultError } from "#domain/fault.ts";
import { type Phrase, phrase } from "#domain/phrase.ts";
import type { JobControl } from "../jobRunner.ts";
import type { World } from "../world.ts";
import type { Listening } from "./listen.ts";
import type { Watch } from "./watch.ts";

const lookEveryMs = 250;
const leastBeforeMs = 2500;
const mostBeforeMs = 60_000;
/** A person walks to the cabinet and pulls the plug. */
const pullWithinMs = 5 * 60_000;
const plugWithinMs = 15 * 60_000;
/** Publishers wait up to two minutes between two tries to connect. */
const backWithinMs = 150_000;
const mostTailMs = 30 * 60_000;

/** Waits until the groups publish. @returns those that do; throws drill.silent where none does */
export async function hearAll(
  world: World,
  groups: readonly DrillGroup[],
  heard: Listening,
  job: JobControl<DrillDetail>,
): Promise<readonly DrillGroup[]> {
  const afterMs = 3 * longest(groups) + 5000;
  const until = world.clock.monotonic() + afterMs;
  for (;;) {
    const keys = new Set(heard.arrivals.map(({ key }) => key));
    const came = groups.filter(({ key }) => keys.has(key));
    if (came.length === groups.length) return came;
    if (world.clock.monotonic() > until) {
      if (came.length > 0) return came;
      throw new FaultError({ code: "drill.silent", groups: groups.length, afterMs });
    }
    await world.clock.sleep(lookEveryMs, job.signal);
  }
}

/** The time before, the cut and the outage itself. Times by our clock. */
export async function cutAndHold(
  world: World,
  groups: readonly DrillGroup[],
  watch: Watch,
  proxy: LinkProxy | undefined,
  job: JobControl<DrillDetail>,
): Promise<{ readonly cutAt: number; readonly restoredAt: number }> {
  const { clock } = world;
  const holdMs = job.detail.holdSeconds * 1000;
  const beforeMs = Math.min(mostBeforeMs, Math.max(leastBeforeMs, 4 * longest(groups)));
  const wait = (ms: number, phase: DrillDetail["phase"], doing: Phrase) =>
    passTime(world, watch, job, { ms, phase, doing });
  await wait(beforeMs, "before", phrase("doing.drillBefore"));

  if (proxy !== undefined) {
    const cutAt = clock.now();
    watch.show({ phase: "out", cutAt });
    proxy.cut(job.detail.how);
    await wait(holdMs, "out", phrase("doing.drillOut"));
    const restoredAt = clock.now();
    proxy.restore();
    watch.show({ phase: "tail", restoredAt });
    return { cutAt, restoredAt };
  }

  const quietMs = Math.max(2000, 3 * shortest(groups));
  await waitUntil(world, watch, job, {
    phase: "pull",
    doing: phrase("doing.drillPull"),
    withinMs: pullWithinMs,
    holds: () => watch.quietMs > quietMs,
  });
  const cutAt = clock.now() - watch.quietMs;
  watch.show({ phase: "out", cutAt });
  await wait(Math.max(0, holdMs - quietMs), "out", phrase("doing.drillOut"));
  const pluggedAt = clock.now();
  await waitUntil(world, watch, job, {
    phase: "plug",
    doing: phrase("doing.drillPlug"),
    withinMs: plugWithinMs,
    holds: () => watch.quietMs < clock.now() - pluggedAt,
  });
  const restoredAt = clock.now() - watch.quietMs;
  watch.show({ phase: "tail", restoredAt });
  return { cutAt, restoredAt };
}

/** Waits until fresh messages come again and no late ones follow; gives up on a publisher that stays away. */
export async function waitForTail(
  world: World,
  groups: readonly DrillGroup[],
  watch: Watch,
  { restoredAt, holdMs }: { readonly restoredAt: number; readonly holdMs: number },
  job: JobControl<DrillDetail>,
): Promise<void> {
  const { clock } = world;
  const quietMs = Math.max(2000, 2 * longest(groups));
  for (;;) {
    job.progress(0, 0, phrase("doing.drillTail"));
    watch.show({ phase: "tail" });
    const passedMs = clock.now() - restoredAt;
    const isBack = watch.isBack(restoredAt, "every");
    if (isBack && passedMs > quietMs && watch.lateQuietMs > quietMs) return;
    // A connection that lived through the outage tries again after as long as it was in vain.
    const isAway = !watch.isBack(restoredAt, "any") && watch.quietMs > quietMs;
    if (isAway && passedMs > holdMs + backWithinMs) return;
    if (!isBack && !isAway && passedMs > holdMs + backWithinMs && watch.lateQuietMs > quietMs) return;
    if (passedMs > mostTailMs) return;
    await clock.sleep(lookEveryMs, job.signal);
  }
}

interface Waiting {
  readonly phase: DrillDetail["phase"];
  readonly doing: Phrase;
}

/** Shows a countdown. */
async function passTime(
  world: World,
  watch: Watch,
  job: JobControl<DrillDetail>,
  { ms, phase, doing }: Waiting & { readonly ms: number },
): Promise<void> {
  const from = world.clock.monotonic();
  for (;;) {
    const passed = world.clock.monotonic() - from;
    job.progress(seconds(Math.min(ms, passed)), seconds(ms), doing, Math.max(0, ms - passed));
    watch.show({ phase });
    if (passed >= ms) return;
    await world.clock.sleep(Math.min(lookEveryMs, ms - passed), job.signal);
  }
}

/** Asks a person for something and sees by itself when it is done. */
async function waitUntil(
  world: World,
  watch: Watch,
  job: JobControl<DrillDetail>,
  { phase, doing, withinMs, holds }: Waiting & { readonly withinMs: number; holds(): boolean },
): Promise<void> {
  const until = world.clock.monotonic() + withinMs;
  while (!holds()) {
    job.progress(0, 0, doing);
    watch.show({ phase });
    if (world.clock.monotonic() > until)
      throw new FaultError({ code: "drill.noBreak", phase, afterMs: withinMs });
    await world.clock.sleep(lookEveryMs, job.signal);
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

function longest(groups: readonly DrillGroup[]): number {
  return Math.max(...groups.map(({ intervalMs }) => intervalMs));
}

function shortest(groups: readonly DrillGroup[]): number {
  return Math.min(...groups.map(({ intervalMs }) => intervalMs));
}
