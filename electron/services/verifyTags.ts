import type { Session } from "#capabilities/uplink.ts";
import type { JobDetail, VerifyView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { readPayload } from "#domain/gateway/payload.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { formatValue } from "#domain/tag/format.ts";
import { type Tag, tagKey, type Value } from "#domain/tag/tag.ts";
import type { PointEvidence } from "#domain/verify/report.ts";
import { isProvable } from "#domain/verify/summary.ts";
import type { CloudReading, GatewayReading, TagVerdict, WireSample } from "#domain/verify/tagCheck.ts";
import { judgeTag, patienceMs } from "#domain/verify/verdict.ts";
import { type CloudReads, cloudReads } from "./cloudReads.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import type { LineDesk } from "./lineDesk.ts";
import { numberOf, wordsText } from "./liveValues.ts";
import { brokerPlace, groupTopics } from "./siteBroker.ts";
import type { Tables } from "./tables.ts";
import type { WireLog } from "./wireLog.ts";
import { readLine, type WireReading } from "./wireReader.ts";
import type { World } from "./world.ts";

export type VerifyDetail = Extract<JobDetail, { kind: "verify" }>;

/** Everything collected of one tag while it is being proved. */
interface Point {
  readonly tag: Tag;
  readonly key: string;
  readonly index: number;
  /** where its group is published, or where an answer came */
  topic: string;
  readonly intervalMs: number;
  readonly attempt: number;
  wire: WireSample[];
  gateway: GatewayReading | undefined;
  cloud: CloudReading | undefined;
  /** the last judgement; a tag that was proved stays proved in this attempt */
  verdict: TagVerdict | undefined;
}

const judgeEveryMs = 400;
const askGatewayEveryMs = 700;
const askCloudEveryMs = 3_000;
/** Wire samples kept of a tag: a minute of the fastest group. */
const keptSamples = 64;
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
  const { tables } = parts;
  const points = pointsOf(site, evidence);
  if (points.size === 0) throw new ProblemError({ code: "tags.none" });
  const controller = new AbortController();
  const signal = AbortSignal.any([job.signal, controller.signal]);
  const skewMs = parts.gateway.session().skewMs;
  tables.verify.clear();
  for (const point of points.values()) tables.verify.set(viewOf(point));

  const session = await world.brokers.connect(await brokerPlace(world, site, "verify"), signal);
  const startedAt = world.clock.now();
  const longest = Math.max(...[...points.values()].map((point) => point.intervalMs));
  const endsAt = startedAt + 2 * patienceMs(longest);
  const loops = [
    ...site.lines.map((line) => {
      const tags = site.tags.filter((tag) => tag.line === line.id && isProvable(tag));
      const traffic = tags.length > 0 ? parts.lines.traffic(line.id) : undefined;
      const onReading = (reading: WireReading) => takeWire(points, reading);
      const world_ = { clock: world.clock, priority: "verify", cycleMs: 500 } as const;
      return traffic ? readLine(line, tags, { ...world_, traffic, onReading }, signal) : Promise.resolve();
    }),
    askGateway(world, site, parts.gateway, points, signal),
    hearCloud(session, site, points, parts.wire, signal),
    askForQuiet(world, site, session, points, signal),
  ];
  // The first loop that fails for a reason of its own ends the proof with that reason.
  const failed = new Promise<never>((_, reject) => {
    for (const loop of loops) loop.catch((error) => signal.aborted || reject(error));
  });
  failed.catch(() => undefined);

  function judgeAll(): { same: number; bad: number; waiting: number } {
    const counts = { same: 0, bad: 0, waiting: 0 };
    const now = world.clock.now();
    for (const point of points.values()) {
      if (point.verdict?.state !== "same") {
        const { tag, wire, gateway, cloud, intervalMs } = point;
        const before = point.verdict;
        point.verdict = judgeTag({ tag, wire, gateway, cloud, now, startedAt, intervalMs, skewMs });
        if (before?.says.code !== point.verdict.says.code) tables.verify.set(viewOf(point));
      }
      const { state } = point.verdict;
      counts[state === "same" ? "same" : state === "waiting" ? "waiting" : "bad"] += 1;
    }
    return counts;
  }

  try {
    for (;;) {
      const counts = judgeAll();
      const settled = counts.same + (world.clock.now() > endsAt ? counts.bad : 0);
      job.show({ kind: "verify", total: points.size, ...counts });
      job.progress(
        settled,
        points.size,
        phrase("doing.collecting", { same: counts.same, total: points.size }),
      );
      for (const point of points.values()) tables.verify.set(viewOf(point));
      if (settled === points.size || world.clock.now() > endsAt + longest) break;
      await Promise.race([world.clock.sleep(judgeEveryMs, signal), failed]);
    }
  } finally {
    controller.abort(new Error("proof ended"));
    await Promise.allSettled(loops);
    await session.close().catch(() => undefined);
    await recordPoints([...points.values()], world.clock.now(), job);
  }
  return [...points.values()].every((point) => point.verdict?.state === "same");
}

function pointsOf(site: Site, evidence: readonly PointEvidence[]): Map<string, Point> {
  const attempts = new Map<string, number>();
  for (const point of evidence)
    attempts.set(point.key, Math.max(attempts.get(point.key) ?? 0, point.attempt));
  const topics = new Map(groupTopics(site).map((group) => [`${group.line}/${group.group}`, group]));
  const lineNames = new Map(site.lines.map((line) => [line.id, line.name]));
  const points = new Map<string, Point>();
  for (const [index, tag] of site.tags.entries()) {
    if (!isProvable(tag)) continue;
    const key = tagKey(tag);
    const group = topics.get(`${lineNames.get(tag.line)}/${tag.group}`);
    points.set(key, {
      tag,
      key,
      index,
      topic: group?.topic ?? "",
      intervalMs: group?.intervalMs ?? 1000,
      attempt: (attempts.get(key) ?? 0) + 1,
      wire: [],
      gateway: undefined,
      cloud: undefined,
      verdict: undefined,
    });
  }
  return points;
}

function takeWire(points: ReadonlyMap<string, Point>, reading: WireReading): void {
  const point = points.get(reading.key);
  if (!point || "fault" in reading) return;
  const { at, value, words } = reading;
  point.wire = [...point.wire.slice(1 - keptSamples), { at, value, words }];
}

async function askGateway(
  world: World,
  site: Site,
  gateway: GatewayDesk,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const lineNames = new Map(site.lines.map((line) => [line.id, line.name]));
  while (!signal.aborted) {
    for (const { line, name: group } of site.groups) {
      const values = await gateway.session().read(lineNames.get(line) ?? line, group, signal);
      const at = world.clock.now();
      for (const { name, value, error } of values) {
        const point = points.get(tagKey({ line, group, name }));
        if (!point) continue;
        point.gateway = { at, ...(value !== undefined && { value }), ...(error !== undefined && { error }) };
      }
    }
    await world.clock.sleep(askGatewayEveryMs, signal);
  }
}

/** Takes what arrives at our own session until cancelled; throws uplink.closed when the broker drops it. */
async function hearCloud(
  session: Session,
  site: Site,
  points: ReadonlyMap<string, Point>,
  wire: WireLog,
  signal: AbortSignal,
): Promise<void> {
  const lineIds = new Map(site.lines.map((line) => [line.name, line.id]));
  const format = site.uplink?.format ?? "values";
  const decoder = new TextDecoder();
  session.onMessage((message) => {
    wire.message("received", message);
    const read = readPayload(decoder.decode(message.payload), format);
    if (!read.ok) return;
    const { node, group, timestamp, values } = read.value;
    for (const [name, reading] of values) {
      const point = points.get(tagKey({ line: lineIds.get(node) ?? node, group, name }));
      if (point && point.topic === message.topic)
        point.cloud = { at: message.at, sampledAt: timestamp, ...reading };
    }
  });
  const closed = new Promise<never>((_, reject) => {
    session.onClose((error) =>
      reject(error ?? new FaultError({ code: "uplink.closed", host: site.uplink?.host ?? "" })),
    );
  });
  closed.catch(() => undefined);
  for (const { topic } of groupTopics(site)) await session.subscribe(topic, 1, signal);
  await Promise.race([closed, aborted(signal)]);
}

/** Asks over MQTT for groups with tags that are only published when they change and have not changed yet. */
async function askForQuiet(
  world: World,
  site: Site,
  session: Session,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const quiet = () =>
    [...points.values()].filter((point) => point.tag.access.includes("subscribe") && !point.cloud);
  if (quiet().length === 0) return;
  const ids = new Map(site.lines.map((line) => [line.name, line.id]));
  const names = new Map(site.lines.map((line) => [line.id, line.name]));
  const reads: CloudReads = await cloudReads(
    session,
    world.crypto.randomId,
    ({ node, group, name, at, topic, ...reading }) => {
      const point = points.get(tagKey({ line: ids.get(node) ?? node, group, name }));
      if (!point?.tag.access.includes("subscribe")) return;
      point.topic = topic;
      point.cloud = { at, sampledAt: at, ...reading };
    },
    signal,
  );
  while (!signal.aborted) {
    await world.clock.sleep(askCloudEveryMs, signal);
    const groups = new Map(quiet().map(({ tag }) => [`${tag.line}/${tag.group}`, tag]));
    for (const tag of groups.values()) await reads.ask(names.get(tag.line) ?? tag.line, tag.group, signal);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** The evidence of this attempt, in lines of a hundred points. */
async function recordPoints(
  points: readonly Point[],
  at: number,
  job: JobControl<VerifyDetail>,
): Promise<void> {
  const judged = points.filter((point) => point.verdict && point.verdict.state !== "waiting");
  for (let start = 0; start < judged.length; start += pointsPerLine) {
    const batch = judged.slice(start, start + pointsPerLine).map((point) => evidenceOf(point, at));
    await job.record("verified", { points: batch });
  }
}

function evidenceOf(point: Point, at: number): PointEvidence {
  const view = viewOf(point);
  const sample = point.verdict?.sample ?? point.wire.at(-1);
  const sampledAt = point.cloud?.sampledAt ?? 0;
  return {
    key: point.key,
    attempt: point.attempt,
    state: view.verdict,
    says: view.says,
    at,
    wire: view.wire && { text: view.wire.text, at: sample?.at ?? view.wire.at, words: view.words },
    gateway: view.gateway && { text: view.gateway.text, at: view.gateway.at },
    cloud: view.cloud && { text: view.cloud.text, at: view.cloud.at, sampledAt, topic: point.topic },
    latencyMs: view.latencyMs,
  };
}

function viewOf(point: Point): VerifyView {
  const { tag, verdict } = point;
  const sample = verdict?.sample ?? point.wire.at(-1);
  return {
    key: point.key,
    index: point.index,
    wire: sample ? readingView(tag, sample.value, sample.at) : null,
    gateway: farView(tag, point.gateway),
    cloud: farView(tag, point.cloud),
    words: sample ? wordsText(sample.words, tag) : "",
    topic: point.topic,
    latencyMs:
      verdict?.latencyMs === null || verdict?.latencyMs === undefined ? null : Math.round(verdict.latencyMs),
    verdict: verdict?.state ?? "waiting",
    says: verdict?.says ?? phrase("verdict.waiting", { for: "wire" }),
    attempt: point.attempt,
  };
}

function farView(tag: Tag, reading: { at: number; value?: Value; error?: number } | undefined) {
  if (!reading) return null;
  if (reading.value !== undefined) return readingView(tag, reading.value, reading.at);
  return reading.error === undefined ? null : { text: `#${reading.error}`, number: null, at: reading.at };
}

function readingView(tag: Tag, value: Value, at: number) {
  return { text: formatValue(value, tag), number: numberOf(value), at };
}
