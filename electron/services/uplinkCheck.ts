import type { Message, Session } from "#capabilities/uplink.ts";
import { faultView } from "#contract/failure.ts";
import type { JobDetail } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { readPayload } from "#domain/gateway/payload.ts";
import { uplinkNode } from "#domain/gateway/siteToNeuron.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobControl } from "./jobRunner.ts";
import { brokerPlace, groupTopics } from "./siteBroker.ts";
import { stageList } from "./stages.ts";
import type { Tables } from "./tables.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

export type UplinkDetail = Extract<JobDetail, { kind: "uplink" }>;

const roundTrips = 20;
const roundTripWithinMs = 10_000;
/** The gateway's MQTT client tries about once a second; a fresh configuration needs a moment. */
const linkWithinMs = 10_000;

const codes = [
  "stage.name",
  "stage.tcp",
  "stage.tls",
  "stage.connect",
  "stage.subscribe",
  "stage.roundTrip",
  "stage.gatewayLink",
  "stage.groups",
] as const;

/**
 * Checks the uplink stage by stage, each one building on the last; the first that fails names the cause. What was
 * published is proved by a second session that received it: "sent" is never taken for "arrived".
 *
 * @returns true when every stage that could be run was good
 */
export async function checkUplink(
  world: World,
  site: Site,
  gateway: GatewayDesk,
  wire: WireLog,
  tables: Tables,
  job: JobControl<UplinkDetail>,
): Promise<boolean> {
  const stages = stageList(codes, world.clock, (items) => job.show({ ...job.detail, stages: items }));
  const { signal } = job;
  const place = await brokerPlace(world, site, "check");
  const step = (index: number) =>
    job.progress(index, codes.length, phrase("doing.uplinkStage", { stage: codes[index] ?? "" }));
  const sessions: Session[] = [];
  const link = (
    state: "ok" | "bad",
    code: "link.checked" | "link.checkFailed",
    facts: { [fact: string]: string | number },
  ) => tables.links.set({ key: "uplink", state, says: phrase(code, facts), failure: null });
  let good = true;
  try {
    step(0);
    await stages.run("stage.name", async () => {
      const addresses = await world.brokers.resolve(place.host, signal);
      return { found: phrase("found.addresses", { addresses: addresses.join(", ") }), value: undefined };
    });
    step(1);
    await stages.run("stage.tcp", async () => {
      await world.brokers.reach(place.host, place.port, signal);
      return { found: phrase("found.open", { host: place.host, port: place.port }), value: undefined };
    });
    step(2);
    if (place.tls) {
      await stages.run("stage.tls", async () => {
        const { protocol, chain } = await world.brokers.tls(place, signal);
        const until = new Date(chain[0]?.validTo ?? 0).toISOString().slice(0, 10);
        return {
          found: phrase("found.tls", { protocol, subject: chain[0]?.subject ?? "", until }),
          value: undefined,
        };
      });
    } else {
      stages.skip("stage.tls", phrase("found.tlsOff"));
    }
    step(3);
    const subscriber = await stages.run("stage.connect", async () => {
      const session = await world.brokers.connect(place, signal);
      sessions.push(session);
      return {
        found: phrase("found.connected", { ms: Math.round(session.connectMs), version: place.version }),
        value: session,
      };
    });
    const topics = groupTopics(site);
    const probe = topicOf(site, { name: "check" }, world.crypto.randomId().slice(0, 8));
    step(4);
    await stages.run("stage.subscribe", async () => {
      for (const topic of [probe, ...topics.map((group) => group.topic)])
        await subscriber.subscribe(topic, 1, signal);
      return { found: phrase("found.subscribed", { topics: topics.length + 1 }), value: undefined };
    });
    step(5);
    const times = await stages.run("stage.roundTrip", async () => {
      const publisher = await world.brokers.connect(await brokerPlace(world, site, "probe"), signal);
      sessions.push(publisher);
      const ms = await measureRoundTrips(world, publisher, subscriber, probe, wire, signal);
      const sorted = [...ms].sort((a, b) => a - b);
      const p50 = Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
      job.show({ ...job.detail, roundTripsMs: ms });
      return {
        found: phrase("found.roundTrips", { count: ms.length, p50, max: Math.round(sorted.at(-1) ?? 0) }),
        value: p50,
      };
    });
    step(6);
    if (!gateway.signedIn) {
      stages.skip("stage.gatewayLink", phrase("found.gatewaySkipped"));
      stages.skip("stage.groups", phrase("found.gatewaySkipped"));
    } else {
      const linked = await stages.run("stage.gatewayLink", async () => {
        const value = await gatewayLinks(world, gateway, signal);
        return { found: phrase(value ? "found.gatewayLinked" : "found.gatewayNotLinked"), value };
      });
      if (linked) {
        step(7);
        const silent = await stages.run("stage.groups", async () => {
          const missing = await silentGroups(world, site, subscriber, wire, signal);
          const heard = topics.length - missing.length;
          return { found: phrase("found.groupsHeard", { heard, total: topics.length }), value: missing };
        });
        if (silent.length > 0) {
          good = false;
          stages.spoil("stage.groups", phrase("found.groupsSilent", { groups: silent.join(", ") }));
        }
      } else {
        good = false;
        stages.spoil("stage.gatewayLink", phrase("found.gatewayNotLinked"));
        stages.skip("stage.groups", phrase("found.gatewaySkipped"));
      }
    }
    if (good) link("ok", "link.checked", { host: place.host, ms: times });
    else link("bad", "link.checkFailed", { host: place.host });
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError || !(error instanceof FaultError)) throw error;
    // A stage that failed is the check's result, not the check's failure: the list shows where and why.
    good = false;
    tables.links.set({
      key: "uplink",
      state: "bad",
      says: phrase("link.checkFailed", { host: place.host }),
      failure: faultView(error.fault),
    });
  } finally {
    await Promise.all(sessions.map((session) => session.close().catch(() => undefined)));
  }
  job.progress(codes.length, codes.length, phrase("doing.uplinkStage", { stage: codes.at(-1) ?? "" }));
  await job.record("uplinkChecked", { host: place.host, port: place.port, good, stages: stages.items });
  return good;
}

/** Publishes one numbered message after another and times each until the second session has it. */
async function measureRoundTrips(
  world: World,
  publisher: Session,
  subscriber: Session,
  topic: string,
  wire: WireLog,
  signal: AbortSignal,
): Promise<number[]> {
  const times: number[] = [];
  const encoder = new TextEncoder();
  for (let number = 0; number < roundTrips; number++) {
    const text = `lastmile ${number}`;
    const payload = encoder.encode(text);
    const startedAt = world.clock.monotonic();
    const ended = new AbortController();
    const arrived = nextMessage(world, subscriber, topic, text, AbortSignal.any([signal, ended.signal]));
    const published = publisher.publish(topic, payload, 1, false, signal);
    if (number === 0) wire.message("sent", { topic, payload, at: world.clock.now() });
    try {
      const [message] = await Promise.all([arrived, published]);
      if (number === 0) wire.message("received", message);
    } finally {
      ended.abort(new Error("round trip ended"));
    }
    times.push(Math.round((world.clock.monotonic() - startedAt) * 100) / 100);
  }
  return times;
}

/** @throws FaultError uplink.publishNotSeen when it does not come in time, uplink.closed when the session ends */
function nextMessage(
  world: World,
  session: Session,
  topic: string,
  text: string,
  signal: AbortSignal,
): Promise<Message> {
  const decoder = new TextDecoder();
  return new Promise((resolve, reject) => {
    const late = new FaultError({ code: "uplink.publishNotSeen", topic, afterMs: roundTripWithinMs });
    const undo: (() => void)[] = [];
    const onAbort = () => fail(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    undo.push(
      world.clock.after(roundTripWithinMs, () => fail(late)),
      session.onMessage((message) => {
        if (message.topic !== topic || decoder.decode(message.payload) !== text) return;
        forget();
        resolve(message);
      }),
    );
    // A session that has ended already tells so at once.
    undo.push(session.onClose((error) => fail(error ?? late)));

    function forget(): void {
      signal.removeEventListener("abort", onAbort);
      for (const step of undo) step();
    }
    function fail(reason: unknown): void {
      forget();
      reject(reason);
    }
  });
}

async function gatewayLinks(world: World, gateway: GatewayDesk, signal: AbortSignal): Promise<boolean> {
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
