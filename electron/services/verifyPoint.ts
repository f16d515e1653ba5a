import type { VerifyView } from "#contract/views.ts";
import { phrase } from "#domain/phrase.ts";
import type { Site } from "#domain/site/site.ts";
import { formatValue } from "#domain/tag/format.ts";
import { type Tag, tagKey, type Value } from "#domain/tag/tag.ts";
import type { PointEvidence } from "#domain/verify/report.ts";
import { isProvable } from "#domain/verify/summary.ts";
import type { CloudReading, GatewayReading, TagVerdict, WireSample } from "#domain/verify/tagCheck.ts";
import { numberOf, wordsText } from "./liveValues.ts";
import { groupTopics } from "./siteBroker.ts";

/** Everything collected of one tag while it is being proved. */
export interface Point {
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
  /** what the far ends showed before, oldest first */
  gatewayBefore: readonly GatewayReading[];
  cloudBefore: readonly CloudReading[];
  /** its value as it came on a topic that is not its group's */
  elsewhere: (CloudReading & { readonly topic: string }) | undefined;
  /** when its difference was last explained, ms since 1970; 0: never */
  explainedAt: number;
  /** the last judgement; a tag that was proved stays proved in this attempt */
  verdict: TagVerdict | undefined;
  /** what the far ends showed when it was proved; a moving value goes on, the proof does not */
  proof:
    | { readonly gateway: GatewayReading | undefined; readonly cloud: CloudReading | undefined }
    | undefined;
  /** something came in that is not in the table yet */
  isNew: boolean;
}

/** One point for each tag that has a value to compare. */
export function pointsOf(site: Site, evidence: readonly PointEvidence[]): Map<string, Point> {
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
      gatewayBefore: [],
      cloudBefore: [],
      elsewhere: undefined,
      explainedAt: 0,
      verdict: undefined,
      proof: undefined,
      isNew: true,
    });
  }
  return points;
}

/** Values of a far end that are kept to explain the newest by. */
const keptBefore = 12;

export function takeGateway(point: Point, reading: GatewayReading): void {
  if (point.gateway) point.gatewayBefore = [...point.gatewayBefore, point.gateway].slice(-keptBefore);
  point.gateway = reading;
  point.isNew = true;
}

/** A message that is delivered twice is one message. */
export function takeCloud(point: Point, reading: CloudReading): void {
  const { cloud } = point;
  const isTwice = cloud?.sampledAt === reading.sampledAt && cloud.value === reading.value;
  if (cloud && !isTwice) point.cloudBefore = [...point.cloudBefore, cloud].slice(-keptBefore);
  point.cloud = reading;
  point.isNew = true;
}

/** What this attempt leaves in the evidence. */
export function evidenceOf(point: Point, at: number, skewMs: number): PointEvidence {
  const view = viewOf(point);
  const sample = point.verdict?.sample ?? point.wire.at(-1);
  const sampledAt = (point.proof ?? point).cloud?.sampledAt ?? 0;
  return {
    key: point.key,
    attempt: point.attempt,
    state: view.verdict,
    says: view.says,
    at,
    wire: view.wire && {
      text: view.wire.text,
      at: sample?.at ?? view.wire.at,
      words: view.words,
      by: view.wireBy ?? "read",
    },
    gateway: view.gateway && { text: view.gateway.text, at: view.gateway.at },
    cloud: view.cloud && { text: view.cloud.text, at: view.cloud.at, sampledAt, topic: point.topic },
    latencyMs: view.latencyMs,
    skewMs,
  };
}

export function viewOf(point: Point): VerifyView {
  const { tag, verdict } = point;
  const { gateway, cloud } = point.proof ?? point;
  const sample = verdict?.sample ?? point.wire.at(-1);
  return {
    key: point.key,
    index: point.index,
    wire: sample ? readingView(tag, sample.value, sample.at) : null,
    gateway: farView(tag, gateway),
    cloud: farView(tag, cloud),
    words: sample ? wordsText(sample.words, tag) : "",
    wireBy: sample ? (sample.by ?? "read") : null,
    topic: point.topic,
    latencyMs:
      verdict?.latencyMs === null || verdict?.latencyMs === undefined ? null : Math.round(verdict.latencyMs),
    verdict: verdict?.state ?? "waiting",
    says: verdict?.says ?? phrase("verdict.waiting", { for: "wire" }),
    attempt: point.attempt,
  };
}

/**
 * Takes a judgement. A proof stays, unless a later one shows the same figures at all three places; a difference stays
 * until there is a proof: that more is awaited does not undo what was seen.
 */
export function takeVerdict(point: Point, verdict: TagVerdict): void {
  if (point.verdict?.state === "same" && verdict.state !== "same") return;
  if (verdict.state === "waiting" && point.verdict !== undefined && point.verdict.state !== "waiting") return;
  // A moving value that was once found on another topic need not fit each time.
  if (point.verdict?.says.code === "verdict.topic" && verdict.says.code === "verdict.cloudMissing") return;
  if (point.verdict?.says.code !== verdict.says.code) point.isNew = true;
  if (verdict.state === "same") {
    point.proof = { gateway: point.gateway, cloud: point.cloud };
    point.isNew = true;
  }
  point.verdict = verdict;
}

/** Proved to the last figure, with a known latency: no better proof can come. */
export function isExact(point: Point): boolean {
  const { wire, gateway, cloud, latencyMs } = viewOf(point);
  if (point.verdict?.state !== "same" || latencyMs === null) return false;
  return wire?.text === cloud?.text && (gateway === null || gateway.text === cloud?.text);
}

function farView(tag: Tag, reading: { at: number; value?: Value; error?: number } | undefined) {
  if (!reading) return null;
  if (reading.value !== undefined) return readingView(tag, reading.value, reading.at);
  return reading.error === undefined ? null : { text: `#${reading.error}`, number: null, at: reading.at };
}

function readingView(tag: Tag, value: Value, at: number) {
  return { text: formatValue(value, tag), number: numberOf(value), at };
}
