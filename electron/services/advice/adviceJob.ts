import type { LinkProxy } from "#capabilities/linkProxy.ts";
import type { AdviceDetail } from "#contract/adviceViews.ts";
import { type Advice, advise, type IdleFound, silencesUpTo } from "#domain/advice/advise.ts";
import { bridgeSettings } from "#domain/advice/bridge.ts";
import { usualHandshakeBytes } from "#domain/advice/bytes.ts";
import { publishingOf } from "#domain/advice/publishing.ts";
import { againAfterMs, compressed, type LinkShape, roundTripMs } from "#domain/link/linkShape.ts";
import { linkProfiles } from "#domain/link/profiles.ts";
import { phrase } from "#domain/phrase.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import type { JobControl } from "../jobRunner.ts";
import { brokerPlace } from "../siteBroker.ts";
import type { World } from "../world.ts";
import { type PathProbe, survives, trySilences } from "./silences.ts";

/** The longest silence tried on a profile; the site's own path decides for itself. */
const mostSilenceSeconds = 1200;
/** What a profile's whole search may take here. */
const searchMs = 4000;
const provedSilences = 3;

/** An advice that was not begun. @param upToSeconds the longest silence to try on the site's own path */
export function adviceDetailOf(choice: {
  readonly path: AdviceDetail["path"];
  readonly upToSeconds: number;
  readonly latestSeconds: number;
}): AdviceDetail {
  const { path, latestSeconds, upToSeconds } = choice;
  const shape = path === "own" ? undefined : linkProfiles[path];
  const longest = shape === undefined ? upToSeconds : longestSilence(shape);
  const factor = shape === undefined ? 1 : (longest * 1000) / searchMs;
  const silences = silencesUpTo(longest).map((seconds) => ({ seconds, state: "waiting" as const }));
  return { kind: "advice", path, latestSeconds, factor, silences, advice: null };
}

/** Past what a profile forgets there is nothing to find. */
function longestSilence({ natIdleMs }: LinkShape): number {
  return natIdleMs === null ? mostSilenceSeconds : Math.ceil((natIdleMs / 1000) * 1.2);
}

/**
 * Finds by trying how long a path lets a session be silent, and from it which keep-alive to set and what a day costs.
 * A profile is tried through a proxy before the site's broker, with all its times shortened alike; the keep-alive
 * advised is then proved over it.
 *
 * @throws ProblemError advice.tlsProfile: through the proxy the name in a certificate cannot fit
 * @returns true where the advised keep-alive keeps the session
 */
export async function adviseUplink(
  world: World,
  site: Site,
  job: JobControl<AdviceDetail>,
): Promise<boolean> {
  const { uplink } = site;
  if (!uplink) throw new ProblemError({ code: "uplink.none" });
  const groups = publishingOf(site);
  if (groups.length === 0) throw new ProblemError({ code: "tags.none" });
  const { path, factor, latestSeconds } = job.detail;
  const shape = path === "own" ? undefined : linkProfiles[path];
  if (shape && uplink.tls) throw new ProblemError({ code: "advice.tlsProfile" });
  const own = await brokerPlace(world, site, "advice");
  const to = { host: own.host, port: own.port };
  const link = shape && compressed(shape, factor);
  const proxy = link && (await world.linkProxies.open({ host: "127.0.0.1", to, shape: link }));
  try {
    const probe = probeOf(world, site, factor, proxy, link);
    const found = await search(world, probe, job);
    const { username, password } = own;
    const kind = {
      ...{ version: uplink.version, tls: uplink.tls, qos: uplink.qos, clientId: uplink.clientId },
      ...{ username, passwordBytes: password.length, handshakeBytes: usualHandshakeBytes },
    };
    const loss = shape?.up.loss ?? 0;
    const advice = advise(found, groups, kind, { loss, latestMs: latestSeconds * 1000 });
    const silencesMs = new Array<number>(provedSilences).fill((advice.keepAliveSeconds * 1000) / factor);
    job.progress(1, 2, phrase("doing.adviceProving", { seconds: advice.keepAliveSeconds }));
    const proved = proxy === undefined ? null : await survives(probe, silencesMs, job.signal);
    const view = viewOf(advice, found, bridgeSettings(advice, uplink, messagesADay(advice)), proved);
    job.show({ ...job.detail, advice: view });
    await job.record("advised", { path, latestSeconds, ...view });
    return proved ?? true;
  } finally {
    await proxy?.close();
  }
}

function probeOf(
  world: World,
  site: Site,
  factor: number,
  proxy: LinkProxy | undefined,
  link: LinkShape | undefined,
): PathProbe {
  return {
    world,
    factor,
    // A link with loss may have to send a ping many times, each wait twice the one before.
    answerWithinMs: link === undefined ? 30_000 : 3000 + 4 * roundTripMs(link) + 30 * againAfterMs(link),
    async place() {
      const place = await brokerPlace(world, site, "advice");
      const silent = { ...place, keepAliveSeconds: 0 };
      return proxy === undefined ? silent : { ...silent, host: proxy.host, port: proxy.port };
    },
  };
}

async function search(world: World, probe: PathProbe, job: JobControl<AdviceDetail>): Promise<IdleFound> {
  const seconds = job.detail.silences.map((silence) => silence.seconds);
  const startedMs = world.clock.monotonic();
  const longestMs = (Math.max(...seconds) * 1000) / probe.factor;
  let over = 0;
  const told = () => {
    const leftMs = Math.max(0, longestMs - (world.clock.monotonic() - startedMs));
    job.progress(over, seconds.length, phrase("doing.adviceSearching"), leftMs);
  };
  told();
  const found = await trySilences(
    probe,
    seconds,
    (silence, isAlive) => {
      over++;
      const state = isAlive ? ("alive" as const) : ("dead" as const);
      const silences = job.detail.silences.map((one) => (one.seconds === silence ? { ...one, state } : one));
      job.show({ ...job.detail, silences });
      told();
    },
    job.signal,
  );
  const failsSeconds = seconds.find((one) => found.get(one) === false) ?? null;
  // Below the first failure, so that a longer one that got through by luck does not count.
  const alive = seconds.filter((one) => found.get(one) && (failsSeconds === null || one < failsSeconds));
  return { survivesSeconds: alive.at(-1) ?? 0, failsSeconds };
}

function messagesADay({ plans }: Advice): number {
  return plans.find(({ name }) => name === "advised")?.cost.messages ?? 0;
}

function viewOf(
  advice: Advice,
  found: IdleFound,
  bridge: string,
  proved: boolean | null,
): NonNullable<AdviceDetail["advice"]> {
  return {
    ...found,
    keepAliveSeconds: advice.keepAliveSeconds,
    qos: advice.qos,
    gatherSeconds: advice.gatherMs / 1000,
    halfSleepPays: advice.halfSleepPays,
    plans: advice.plans.map(({ name, plan, cost }) => ({
      name,
      keepAliveSeconds: plan.keepAliveSeconds,
      gatherSeconds: plan.gatherMs / 1000,
      cost: { ...cost },
    })),
    bridge,
    proved,
  };
}
