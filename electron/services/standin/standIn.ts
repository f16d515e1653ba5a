import { faultView } from "#contract/failure.ts";
import type { StandInChoice, StandInDetail } from "#contract/standInViews.ts";
import { readCustomSchema } from "#domain/gateway/customPayload.ts";
import { type PayloadFormat, printPayload } from "#domain/gateway/printPayload.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import type { JobControl } from "../jobRunner.ts";
import type { LineDesk } from "../lineDesk.ts";
import { showReading } from "../liveValues.ts";
import { brokerPlace } from "../siteBroker.ts";
import type { Tables } from "../tables.ts";
import type { WireLog } from "../wireLog.ts";
import type { World } from "../world.ts";
import { DiskWork } from "./diskWork.ts";
import { pollGroups } from "./groupPolls.ts";
import { Publishing } from "./publishing.ts";
import { Rate } from "./rate.ts";

const showEveryMs = 500;
/** Published messages that go into the wire's drawer: it is for looking, and a replay would push all else out. */
const logEveryMs = 100;

/**
 * Stands in for a gateway: polls the site's lines, makes the gateway's messages and publishes them through the queue
 * on the disk, until cancelled. What an earlier run left in the queue is sent first.
 *
 * @param path the site file, beside which the queue is
 * @throws ProblemError before anything is opened: no uplink, no tags, a custom schema that the gateway would refuse
 */
export async function standIn(
  world: World,
  { site, path }: { readonly site: Site; readonly path: string },
  parts: { readonly lines: LineDesk; readonly wire: WireLog; readonly tables: Tables },
  job: JobControl<StandInDetail>,
): Promise<boolean> {
  const { choice } = job.detail;
  const format = formatOf(site, choice);
  if (site.tags.length === 0) throw new ProblemError({ code: "tags.none" });
  await brokerPlace(world, site, "standin");
  const queue = await world.queues.open(path, {
    maxBytes: choice.maxMegabytes * 1024 * 1024,
    maxAgeMs: choice.maxAgeHours * 3_600_000,
    givesWay: choice.givesWay,
  });
  const ended = new AbortController();
  const signal = AbortSignal.any([job.signal, ended.signal]);
  const { queued: left, dropped: droppedBefore } = queue.counts();
  const found = { queued: left, ...queue.opened };
  const publishing = new Publishing(world, queue, {
    replayPerSecond: choice.replayPerSecond,
    onSent: sparsely(world, (message) => parts.wire.message("sent", { ...message, at: world.clock.now() })),
  });
  const disk = new DiskWork(world.clock, queue, publishing);
  const rate = new Rate(world.clock.monotonic);

  async function show(): Promise<void> {
    const { queued, bytes, dropped } = queue.counts();
    const { sent, acknowledged, replayed, large, unkept } = publishing.counts;
    job.show({
      ...{ kind: "standin", choice, found, queued, bytes, sent, acknowledged, replayed },
      link: publishing.link,
      linkFailure: publishing.failure && faultView(publishing.failure),
      diskFailure: disk.failure && faultView(disk.failure),
      oldestAt: (await queue.oldestAt()) ?? null,
      made: disk.made,
      replayLeft: publishing.replayLeft,
      perSecond: rate.perSecond(acknowledged),
      dropped: {
        full: dropped.full - droppedBefore.full,
        old: dropped.old - droppedBefore.old,
        damaged: dropped.damaged - droppedBefore.damaged,
        ...{ large, unkept: disk.unkept + unkept },
      },
    });
    const doing = phrase(publishing.link === "online" ? "doing.standingIn" : "doing.keeping", { queued });
    job.progress(acknowledged, acknowledged + queued, doing);
  }

  async function keepShowing(): Promise<void> {
    for (;;) {
      await queue.expire(world.clock.now());
      await disk.save();
      await show();
      await world.clock.sleep(showEveryMs, signal);
    }
  }

  const work = [
    keepShowing(),
    publishing.run(() => brokerPlace(world, site, "standin"), signal),
    pollGroups(
      world,
      site,
      parts.lines,
      {
        reading: (reading) => showReading(parts.tables, reading),
        state(line, group, state) {
          const payload = new TextEncoder().encode(printPayload(state, format));
          disk.keep({ topic: topicOf(site, line, group.name), payload, at: state.timestamp });
        },
      },
      signal,
    ),
  ];
  try {
    await Promise.all(work);
    return true;
  } finally {
    ended.abort(new Error("the stand-in ended"));
    await Promise.allSettled(work);
    await disk.settled();
    await show().catch(() => undefined);
    const { kind: _, choice: __, found: ___, linkFailure, diskFailure, ...counts } = job.detail;
    await job.record("stoodIn", { ...counts, linkFailure, diskFailure }).finally(() => queue.close());
  }
}

/** What a stand-in shows before it has done anything. */
export function standInBegin(choice: StandInChoice): StandInDetail {
  return {
    ...{ kind: "standin", choice, link: "connecting", linkFailure: null, diskFailure: null },
    ...{ queued: 0, bytes: 0, oldestAt: null, made: 0, sent: 0, acknowledged: 0, replayed: 0, replayLeft: 0 },
    perSecond: 0,
    dropped: { full: 0, old: 0, damaged: 0, large: 0, unkept: 0 },
    found: { queued: 0, cutBytes: 0, cursorLost: false },
  };
}

function formatOf(site: Site, { format, schema }: StandInChoice): PayloadFormat {
  if (!site.uplink) throw new ProblemError({ code: "uplink.none" });
  const kind = format ?? site.uplink.format;
  if (kind !== "custom") return { kind };
  const read = readCustomSchema(schema);
  if (!read.ok) throw new ProblemError(read.problem);
  return { kind, schema: read.value };
}

/** Calls on for one of many: at most one every `logEveryMs`. */
function sparsely<T>({ clock }: World, call: (item: T) => void): (item: T) => void {
  let nextAt = Number.NEGATIVE_INFINITY;
  return (item) => {
    const now = clock.monotonic();
    if (now < nextAt) return;
    nextAt = now + logEveryMs;
    call(item);
  };
}
