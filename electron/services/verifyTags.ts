import type { JobDetail } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { PointEvidence } from "#domain/verify/report.ts";
import type { OtherTag } from "#domain/verify/tagCheck.ts";
import { judgeTag, patienceMs } from "#domain/verify/verdict.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineDesk } from "./lineDesk.ts";
import { brokerPlace } from "./siteBroker.ts";
import type { Tables } from "./tables.ts";
import { collect } from "./verifyCollect.ts";
import { evidenceOf, isExact, type Point, pointsOf, takeVerdict, viewOf } from "./verifyPoint.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export type VerifyDetail = Extract<JobDetail, { kind: "verify" }>;

const judgeEveryMs = 400;

interface Counts {
  readonly same: number;
  readonly bad: number;
  readonly waiting: number;
  /** of those that are the same: with the same figures at all three places and a known latency */
  readonly exact: number;
}
const pointsPerLine = 100;

/**
 * Proves every tag: the value on the wire, in the gateway and received from the broker by a session of our own, held
 * against each other in one window of time. Ends when all are proved, or when what is left has had its time.
 *
 * @returns true when every tag was proved
 */
export async function verifyTags(
  world: World,
  site: Site,
  parts: {
    readonly gateway: GatewayDesk;
    readonly lines: LineDesk;
    readonly wire: WireLog;
    readonly tables: Tables;
  },
  evidence: readonly PointEvidence[],
  job: JobControl<VerifyDetail>,
): Promise<boolean> {
  const { gateway, tables } = parts;
  const { clock } = world;
  const points = pointsOf(site, evidence);
  if (points.size === 0) throw new ProblemError({ code: "tags.none" });
  const { skewMs } = gateway.session();
  tables.verify.clear();
  show(points, tables);

  const session = await world.brokers.connect(await brokerPlace(world, site, "verify"), job.signal);
  const controller = new AbortController();
  const signal = AbortSignal.any([job.signal, controller.signal]);
  const startedAt = clock.now();
  const longest = Math.max(...[...points.values()].map((point) => point.intervalMs));
  const endsAt = clock.monotonic() + 2 * patienceMs(longest);
  const exactUntil = clock.monotonic() + patienceMs(longest);
  const moment = () => ({ now: clock.now(), startedAt, skewMs });
  const onWire = (point: Point) => judgePoint(point, points, moment());
  const loops = collect({ world, site, session, ...parts }, points, onWire, signal);
  // The first loop that fails for a reason of its own ends the proof with that reason.
  const failed = new Promise<never>((_, reject) => {
    for (const loop of loops) loop.catch((error) => signal.aborted || reject(error));
  });
  failed.catch(() => undefined);

  let hadItsTime = false;
  try {
    for (;;) {
      const { exact, ...counts } = judge(points, moment());
      show(points, tables);
      const isLate = clock.monotonic() > endsAt;
      // A moving value is proved by its band at once; a moment with equal figures is worth some seconds more.
      const proved = clock.monotonic() > exactUntil ? counts.same : exact;
      const settled = proved + (isLate ? counts.bad : 0);
      job.show({ kind: "verify", total: points.size, ...counts });
      job.progress(
        settled,
        points.size,
        phrase("doing.collecting", { same: counts.same, total: points.size }),
      );
      hadItsTime = settled === points.size || clock.monotonic() > endsAt + longest;
      if (hadItsTime) break;
      await Promise.race([clock.sleep(judgeEveryMs, signal), failed]);
    }
  } finally {
    controller.abort(new Error("proof ended"));
    await Promise.allSettled(loops);
    await session.close().catch(() => undefined);
    await recordPoints([...points.values()], hadItsTime, moment(), job);
  }
  return [...points.values()].every((point) => point.verdict?.state === "same");
}

interface Moment {
  readonly now: number;
  readonly startedAt: number;
  readonly skewMs: number;
}

/** Judges every point that could still be proved, or proved better. */
function judge(points: ReadonlyMap<string, Point>, moment: Moment): Counts {
  const counts = { same: 0, bad: 0, waiting: 0, exact: 0 };
  for (const point of points.values()) {
    judgePoint(point, points, moment);
    const state = point.verdict?.state ?? "waiting";
    counts[state === "same" ? "same" : state === "waiting" ? "waiting" : "bad"] += 1;
    if (isExact(point)) counts.exact += 1;
  }
  return counts;
}

function judgePoint(point: Point, points: ReadonlyMap<string, Point>, moment: Moment): void {
  if (isExact(point) || wasExplained(point, moment.now)) return;
  const { tag, wire, gateway, cloud, intervalMs, gatewayBefore, cloudBefore, elsewhere } = point;
  // Looked at only where a value is wrong, so that the usual case does not cost a list of all tags each.
  const others = () => othersOf(points, point);
  const verdict = judgeTag({
    tag,
    wire,
    gateway,
    cloud,
    gatewayBefore,
    cloudBefore,
    elsewhere,
    intervalMs,
    ...moment,
    get others() {
      return others();
    },
  });
  takeVerdict(point, verdict);
  if (verdict.state === "differs" || verdict.state === "stale") point.explainedAt = moment.now;
}

/** Whose value it is that a tag shows is looked for among all the others: not with every read. */
const explainEveryMs = 1500;

function wasExplained({ verdict, explainedAt }: Point, now: number): boolean {
  const isWrong = verdict?.state === "differs" || verdict?.state === "stale";
  return isWrong && now - explainedAt < explainEveryMs;
}

function othersOf(points: ReadonlyMap<string, Point>, own: Point): readonly OtherTag[] {
  return [...points.values()].flatMap((other) => {
    if (other === own || other.wire.length === 0) return [];
    const { tag, wire, gateway, cloud } = other;
    return [{ tag, wire, gateway: gateway?.value, cloud: cloud?.value }];
  });
}

function show(points: ReadonlyMap<string, Point>, tables: Tables): void {
  for (const point of points.values()) {
    if (point.isNew) tables.verify.set(viewOf(point));
    point.isNew = false;
  }
}

/**
 * The evidence of this attempt, in lines of a hundred points. Where the proof was cut short only what was proved is
 * evidence: the rest has not had its time.
 */
async function recordPoints(
  points: readonly Point[],
  hadItsTime: boolean,
  { now, skewMs }: Moment,
  job: JobControl<VerifyDetail>,
): Promise<void> {
  const judged = points.filter(
    ({ verdict }) => verdict?.state === "same" || (hadItsTime && verdict && verdict.state !== "waiting"),
  );
  for (let start = 0; start < judged.length; start += pointsPerLine) {
    const batch = judged.slice(start, start + pointsPerLine).map((point) => evidenceOf(point, now, skewMs));
    await job.record("verified", { points: batch });
  }
}
