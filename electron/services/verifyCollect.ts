import type { Session } from "#capabilities/uplink.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import { readPayload } from "#domain/gateway/payload.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { meantValue } from "#domain/verify/closeness.ts";
import { isProvable } from "#domain/verify/summary.ts";
import type { WireSample } from "#domain/verify/tagCheck.ts";
import { patienceMs } from "#domain/verify/verdict.ts";
import { cloudReads } from "./cloudReads.ts";
import { readTopics } from "./downlink/readTopics.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { TrafficState } from "./lineTraffic.ts";
import { showReading } from "./liveValues.ts";
import { groupTopics } from "./siteBroker.ts";
import type { Tables } from "./tables.ts";
import { type Point, takeCloud, takeGateway } from "./verifyPoint.ts";
import type { WireLog } from "./wireLog.ts";
import { readLine, type WireReading } from "./wireReader.ts";
import type { World } from "./world.ts";

const readWireEveryMs = 500;
const askGatewayEveryMs = 700;
const askCloudEveryMs = 1_500;
/** Wire samples kept of a tag: half a minute of the fastest reading. */
const keptSamples = 64;

export interface Sources {
  readonly world: World;
  readonly site: Site;
  readonly gateway: GatewayDesk;
  readonly lines: LineDesk;
  readonly wire: WireLog;
  readonly tables: Tables;
  /** our own session at the broker */
  readonly session: Session;
}

/**
 * Fills the points from the lines, the gateway and the broker until cancelled: one loop a source, each of which
 * rejects with the signal's reason, or with a fault that makes going on senseless.
 *
 * @param onWire called with each new read of the wire: the moment at which what the far ends showed before is bracketed
 */
export function collect(
  sources: Sources,
  points: ReadonlyMap<string, Point>,
  onWire: (point: Point) => void,
  signal: AbortSignal,
): readonly Promise<void>[] {
  const { site } = sources;
  return [
    ...site.lines.map((line) => readWire(sources, line.id, points, onWire, signal)),
    askGateway(sources, points, signal),
    hearCloud(sources, points, signal),
    askForQuiet(sources, points, signal),
    lookElsewhere(sources, points, signal),
  ];
}

async function readWire(
  { world, site, lines, tables }: Sources,
  id: string,
  points: ReadonlyMap<string, Point>,
  onWire: (point: Point) => void,
  signal: AbortSignal,
): Promise<void> {
  const line = site.lines.find((candidate) => candidate.id === id);
  const tags = site.tags.filter((tag) => tag.line === id && isProvable(tag));
  if (!line || tags.length === 0) return;
  const onReading = (reading: WireReading) => {
    // What is read for the proof is worth seeing in the Tags step too, and draws the last minute.
    showReading(tables, reading);
    const point = points.get(reading.key);
    if (!point || "fault" in reading) return;
    const { at, value, words, by } = reading;
    takeWire(point, { at, value, words, by });
    onWire(point);
  };
  const how = { clock: world.clock, priority: "verify", cycleMs: readWireEveryMs } as const;
  await readLine(line, tags, { ...how, traffic: lines.traffic(id), onReading }, signal);
}

function takeWire(point: Point, sample: WireSample): void {
  point.wire = [...point.wire.slice(1 - keptSamples), sample];
  point.isNew = true;
}

/** Somebody else has the line: another master on the pair, or a device that takes one connection only. */
function isTaken(state: TrafficState): boolean {
  if (state.at === "lost") return state.fault.code === "line.turnedAway" || state.fault.code === "line.busy";
  return state.at === "taken";
}

async function askGateway(
  { world, site, gateway, lines }: Sources,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const groups = groupTopics(site);
  const ids = new Map(site.lines.map((line) => [line.name, line.id]));
  const startedAt = world.clock.now();
  for (;;) {
    for (const { line, group } of groups) {
      // A group that the gateway does not have leaves its tags without a reading, which is their verdict.
      const values = await gateway
        .session()
        .read(line, group, signal)
        .catch((error) => (hasFault(error, "gateway.refused") ? [] : Promise.reject(error)));
      const at = world.clock.now();
      for (const { name, value, error } of values) {
        const point = points.get(tagKey({ line: ids.get(line) ?? line, group, name }));
        if (!point) continue;
        takeGateway(point, {
          at,
          ...(value !== undefined && { value }),
          ...(error !== undefined && { error }),
        });
        // The wire is then what the gateway says of it, and the verdict tells so.
        const ownAt = point.wire.findLast((sample) => sample.by !== "gateway")?.at ?? startedAt;
        const isUnheard = at - ownAt > patienceMs(point.intervalMs) / 2;
        if (value !== undefined && isUnheard && isTaken(lines.traffic(point.tag.line).state))
          takeWire(point, { at, value: meantValue(point.tag, value), words: [], by: "gateway" });
      }
    }
    await world.clock.sleep(askGatewayEveryMs, signal);
  }
}

/** Takes what arrives at our own session; throws uplink.closed when the broker drops it. */
async function hearCloud(
  { site, session, wire }: Sources,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const ids = new Map(site.lines.map((line) => [line.name, line.id]));
  const format = site.uplink?.format ?? "values";
  const decoder = new TextDecoder();
  session.onMessage((message) => {
    wire.message("received", message);
    const read = readPayload(decoder.decode(message.payload), format);
    if (!read.ok) return;
    const { node, group, timestamp, values } = read.value;
    for (const [name, reading] of values) {
      const point = points.get(tagKey({ line: ids.get(node) ?? node, group, name }));
      if (!point) continue;
      const { at, topic } = message;
      if (point.topic === topic) takeCloud(point, { at, sampledAt: timestamp, ...reading });
      else point.elsewhere = { at, sampledAt: timestamp, topic, ...reading };
    }
  });
  for (const { topic } of groupTopics(site)) await unlessDenied(session.subscribe(topic, 1, signal));
  await new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    const host = site.uplink?.host ?? "";
    session.onClose((error) => reject(error ?? new FaultError({ code: "uplink.closed", host })));
  });
}

/**
 * Where a group stays silent, listens where it may have gone instead: the gateway's default topics and whatever else
 * comes under the site's own levels. What comes there is heard by `hearCloud`.
 */
async function lookElsewhere(
  { world, site, session }: Sources,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const longest = Math.max(...[...points.values()].map((point) => point.intervalMs));
  await world.clock.sleep(patienceMs(longest) / 2, signal);
  if ([...points.values()].every((point) => point.cloud)) return;
  for (const filter of elsewhereFilters(
    uplinkNodeOf(site),
    groupTopics(site).map(({ topic }) => topic),
  ))
    await unlessDenied(session.subscribe(filter, 0, signal));
}

/** Levels that the topics share must be so many at least: one alone may hold the messages of a whole company. */
const leastShared = 2;

function elsewhereFilters(node: string, topics: readonly string[]): readonly string[] {
  const [first = [], ...more] = topics.map((topic) => topic.split("/"));
  const differsAt = first.findIndex((level, index) => more.some((levels) => levels[index] !== level));
  const shared = differsAt === -1 ? first.slice(0, -1) : first.slice(0, differsAt);
  const own = shared.length >= leastShared ? [`${shared.join("/")}/#`] : [];
  return [...own, `/neuron/${node}/#`, `neuron/${node}/#`];
}

/** Asks over MQTT for groups with tags that are only published when they change and have not changed yet. */
async function askForQuiet(
  { world, site, session, gateway }: Sources,
  points: ReadonlyMap<string, Point>,
  signal: AbortSignal,
): Promise<void> {
  const onChange = [...points.values()].filter((point) => point.tag.access.includes("subscribe"));
  if (onChange.length === 0) return;
  const ids = new Map(site.lines.map((line) => [line.name, line.id]));
  const names = new Map(site.lines.map((line) => [line.id, line.name]));
  const reads = await unlessDenied(
    cloudReads(
      session,
      readTopics(gateway, site)[0],
      world.crypto.randomId,
      ({ node, group, name, at, topic, ...reading }) => {
        const point = points.get(tagKey({ line: ids.get(node) ?? node, group, name }));
        if (!point?.tag.access.includes("subscribe")) return;
        point.topic = topic;
        takeCloud(point, { at, sampledAt: at, ...reading });
      },
      signal,
    ),
  );
  while (reads) {
    await world.clock.sleep(askCloudEveryMs, signal);
    const quiet = onChange.filter((point) => !point.cloud);
    const groups = new Map(quiet.map(({ tag }) => [`${tag.line}/${tag.group}`, tag]));
    for (const tag of groups.values())
      await unlessDenied(reads.ask(names.get(tag.line) ?? tag.line, tag.group, signal));
  }
}

/** A topic that the broker keeps from us leaves its tags without an arrival; the others can still be proved. */
async function unlessDenied<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasFault(error, "uplink.subscribeDenied") || hasFault(error, "uplink.publishDenied"))
      return undefined;
    throw error;
  }
}
