import type { Session, TlsLook } from "#capabilities/uplink.ts";
import { faultView } from "#contract/failure.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import { readPayload } from "#domain/gateway/payload.ts";
import { type Phrase, type PhraseCode, phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { groupTopics } from "./siteBroker.ts";
import { type Stages, stageList } from "./stages.ts";
import type { Tables } from "./tables.ts";
import { tlsNotes } from "./tlsNotes.ts";
import { tryRetained, trySession, tryWill, watchSilence } from "./uplinkKept.ts";
import { tryPayload } from "./uplinkPayload.ts";
import { openPublisher, provePublishing } from "./uplinkRights.ts";
import { closeExplained, type UplinkRun, uplinkRun } from "./uplinkRun.ts";
import { tokenNotes } from "./uplinkToken.ts";
import { measureTrips, median, type Trips } from "./uplinkTrips.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export type UplinkDetail = Extract<JobDetail, { kind: "uplink" }>;

/** The gateway's MQTT client tries about once a second; a fresh configuration needs a moment. */
const linkWithinMs = 10_000;
/** A pause that no link makes between a ping and a message, but delayed acknowledgements do. */
const heldBackMs = 30;

const codes = [
  "stage.name",
  "stage.tcp",
  "stage.tls",
  "stage.connect",
  "stage.subscribe",
  "stage.publish",
  "stage.roundTrip",
  "stage.will",
  "stage.retained",
  "stage.session",
  "stage.keepAlive",
  "stage.payload",
  "stage.gatewayLink",
  "stage.groups",
] as const;

/**
 * Checks the uplink stage by stage, each one building on the last; the first that fails names the cause. What was
 * published is proved by a second session that received it: "sent" is never taken for "arrived". What the gateway does
 * not use (wills, retained messages, kept sessions) may be missing: that is a warning. Nothing of it stays behind.
 *
 * @returns true when every stage that counts for the gateway was good
 */
export async function checkUplink(
  world: World,
  site: Site,
  gateway: GatewayDesk,
  wire: WireLog,
  tables: Tables,
  job: JobControl<UplinkDetail>,
): Promise<boolean> {
  const { signal } = job;
  const run = uplinkRun(world, site, wire, signal);
  const listed = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const step = (code: PhraseCode) =>
    job.progress(codes.indexOf(code as (typeof codes)[number]), codes.length, doing(code));
  const stages: Stages = {
    ...listed,
    run(code, work) {
      step(code);
      return listed.run(code, () => explained(run, work));
    },
    attempt(code, work) {
      step(code);
      return listed.attempt(code, () => explained(run, work));
    },
  };
  const place = await run.place("check");
  const { host, port } = place;
  let good = false;
  let failure: FaultError | null = null;
  let halfWithinMs = 0;
  try {
    await reachBroker(run, stages, job);
    const subscriber = await stages.run("stage.connect", async () => {
      const ofToken = tokenNotes(place.password, world.clock.now());
      const session = await run.open(place);
      const ms = Math.round(session.connectMs);
      const ofWay = place.webSocketPath === undefined ? [] : [phrase("note.gatewayWithoutWebSocket")];
      const notes = [...ofToken, ...ofWay];
      return { found: phrase("found.connected", { ms, version: place.version }), value: session, notes };
    });
    const publisher = await proveRights(run, stages, subscriber);
    // A silent client is given up after some seconds: they pass while the other stages run.
    const silence = watchSilence(run);
    halfWithinMs = await timeTrips(run, stages, job, publisher, subscriber);
    const attempt = (code: PhraseCode, work: () => Promise<Phrase>) =>
      stages.attempt(code, async () => ({ found: await work(), value: undefined }));
    await attempt("stage.will", () => tryWill(run, subscriber));
    await attempt("stage.retained", () => tryRetained(run));
    await attempt("stage.session", () => trySession(run, publisher));
    await attempt("stage.keepAlive", silence);
    await stages.run("stage.payload", async () => ({ found: await tryPayload(run), value: undefined }));
    good = await hearGateway(run, stages, gateway, subscriber);
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError || !(error instanceof FaultError)) throw error;
    // A stage that failed is the check's result, not the check's failure: the list shows where and why.
    failure = error;
  } finally {
    await run.close();
  }
  const says = good
    ? phrase("link.checked", { host, ms: halfWithinMs })
    : phrase("link.checkFailed", { host });
  tables.links.set({
    key: "uplink",
    state: good ? "ok" : "bad",
    says,
    failure: failure && faultView(failure.fault),
  });
  job.progress(codes.length, codes.length, doing("stage.groups"));
  const { chain } = job.detail;
  await job.record("uplinkChecked", { host, port, good, stages: listed.items, ...(chain && { chain }) });
  return good;
}

function doing(stage: PhraseCode): Phrase {
  return phrase("doing.uplinkStage", { stage });
}

async function explained<T>(run: UplinkRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await closeExplained(run, error);
  }
}

/** From the name to the certificate. */
async function reachBroker(run: UplinkRun, stages: Stages, job: JobControl<UplinkDetail>): Promise<void> {
  const { world, signal } = run;
  const place = await run.place("check");
  const { host, port } = place;
  await stages.run("stage.name", async () => {
    const addresses = await world.brokers.resolve(host, signal);
    return { found: phrase("found.addresses", { addresses: addresses.join(", ") }), value: undefined };
  });
  await stages.run("stage.tcp", async () => {
    await world.brokers.reach(host, port, signal);
    return { found: phrase("found.open", { host, port }), value: undefined };
  });
  if (!place.tls) {
    stages.skip("stage.tls", phrase("found.tlsOff"));
    return;
  }
  await stages.run("stage.tls", async () => {
    const look = await world.brokers.tls(place, signal);
    const now = world.clock.now();
    job.show({ ...job.detail, chain: chainView(look, now) });
    if (look.fault !== null) throw look.fault;
    const { protocol, chain } = look;
    const until = new Date(chain[0]?.validTo ?? 0).toISOString().slice(0, 10);
    const found = phrase("found.tls", { protocol, subject: chain[0]?.subject ?? "", until });
    return { found, value: undefined, notes: tlsNotes(host, chain, now) };
  });
}

function chainView(look: TlsLook, at: number): UplinkDetail["chain"] {
  const { protocol, cipher, chain, fault } = look;
  const cause = fault?.fault.code === "uplink.tlsFailed" ? fault.fault.cause : "";
  return { protocol, cipher, at, cause, certificates: [...chain] };
}

/** Reading and publishing, topic by topic. Returns the session that publishes. */
async function proveRights(run: UplinkRun, stages: Stages, subscriber: Session): Promise<Session> {
  const topics = groupTopics(run.site);
  const own = { line: "check", group: "check", topic: run.topic("trip"), intervalMs: 0 };
  await stages.run("stage.subscribe", async () => {
    await subscriber.subscribe(own.topic, 2, run.signal);
    for (const { topic } of topics) await subscriber.subscribe(topic, 1, run.signal);
    return { found: phrase("found.subscribed", { topics: topics.length + 1 }), value: undefined };
  });
  return stages.run("stage.publish", async () => {
    const publisher = await openPublisher(run, subscriber);
    await provePublishing(run, publisher, subscriber, [own, ...topics]);
    return { found: phrase("found.published", { topics: topics.length + 1 }), value: publisher };
  });
}

/** Returns the time within which half of the messages came back, at the site's own quality of service. */
async function timeTrips(
  run: UplinkRun,
  stages: Stages,
  job: JobControl<UplinkDetail>,
  publisher: Session,
  subscriber: Session,
): Promise<number> {
  return stages.run("stage.roundTrip", async () => {
    const show = ({ pingsMs, byQos }: Trips) =>
      job.show({
        ...job.detail,
        pingsMs: [...pingsMs],
        trips: byQos.map(({ qos, timesMs }) => ({ qos, timesMs: [...timesMs] })),
      });
    const { pingsMs, byQos } = await measureTrips(run, publisher, subscriber, run.topic("trip"), show);
    const all = byQos.flatMap(({ timesMs }) => timesMs);
    const own = byQos.find(({ qos }) => qos === run.site.uplink?.qos)?.timesMs ?? all;
    const [p50, pingMs] = [tenth(median(own)), tenth(median(pingsMs))];
    const isHeld = byQos.some(({ timesMs }) => median(timesMs) > median(pingsMs) + heldBackMs);
    const notes = isHeld ? [phrase("note.nagle", { pingMs, ms: p50 })] : [];
    const max = Math.round(Math.max(0, ...all));
    return { found: phrase("found.roundTrips", { count: all.length, p50, max, pingMs }), value: p50, notes };
  });
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** What the gateway itself does: its link, and each group's messages. Good without one to ask. */
async function hearGateway(
  run: UplinkRun,
  stages: Stages,
  gateway: GatewayDesk,
  subscriber: Session,
): Promise<boolean> {
  const { world, site, signal, wire } = run;
  if (!gateway.signedIn) {
    stages.skip("stage.gatewayLink", phrase("found.gatewaySkipped"));
    stages.skip("stage.groups", phrase("found.gatewaySkipped"));
    return true;
  }
  const linked = await stages.run("stage.gatewayLink", async () => {
    const value = await gatewayLinks(world, gateway, uplinkNodeOf(site), signal);
    return { found: phrase(value ? "found.gatewayLinked" : "found.gatewayNotLinked"), value };
  });
  if (!linked) {
    stages.spoil("stage.gatewayLink", phrase("found.gatewayNotLinked"));
    stages.skip("stage.groups", phrase("found.gatewaySkipped"));
    return false;
  }
  const silent = await stages.run("stage.groups", async () => {
    const missing = await silentGroups(world, site, subscriber, wire, signal);
    const total = groupTopics(site).length;
    return { found: phrase("found.groupsHeard", { heard: total - missing.length, total }), value: missing };
  });
  if (silent.length === 0) return true;
  stages.spoil("stage.groups", phrase("found.groupsSilent", { groups: silent.join(", ") }));
  return false;
}

async function gatewayLinks(
  world: World,
  gateway: GatewayDesk,
  uplinkNode: string,
  signal: AbortSignal,
): Promise<boolean> {
  const until = world.clock.monotonic() + linkWithinMs;
  for (;;) {
    const states = await gateway.session().states(signal);
    if (states.find((state) => state.node === uplinkNode)?.link === 1) return true;
    if (world.clock.monotonic() > until) return false;
    await world.clock.sleep(500, signal);
  }
}

/** Listens until each group was heard, or three of its intervals have passed. */
async function silentGroups(
  world: World,
  site: Site,
  subscriber: Session,
  wire: WireLog,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const waiting = new Map(groupTopics(site).map((group) => [group.topic, group]));
  const longest = Math.max(0, ...[...waiting.values()].map((group) => group.intervalMs));
  const format = site.uplink?.format ?? "values";
  const forget = subscriber.onMessage((message) => {
    wire.message("received", message);
    // What the broker kept was published at some time, perhaps by another gateway.
    if (message.retain) return;
    const read = readPayload(new TextDecoder().decode(message.payload), format);
    if (read.ok) waiting.delete(message.topic);
  });
  try {
    const until = world.clock.monotonic() + 3 * longest + 2_000;
    while (waiting.size > 0 && world.clock.monotonic() < until) await world.clock.sleep(100, signal);
  } finally {
    forget();
  }
  return [...waiting.values()].map((group) => `${group.line}/${group.group}`);
}
