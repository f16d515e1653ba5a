import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import type { LinkProxy } from "#capabilities/linkProxy.ts";
import type { DrillDetail } from "#contract/drillViews.ts";
import { FaultError } from "#domain/fault.ts";
import { uplinkNodeOf } from "#domain/gateway/keptParts.ts";
import { addressTowards } from "#domain/network/addressTowards.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { stopped } from "../gatewayChanges.ts";
import type { GatewayDesk } from "../gatewayDesk.ts";
import type { JobControl } from "../jobRunner.ts";
import { keepSnapshot } from "../keptSnapshot.ts";
import type { World } from "../world.ts";

/** What the gateway's own settings say of its publishing. */
export interface PublisherSettings {
  readonly qos: 0 | 1 | 2;
  /** messages that its offline cache holds */
  readonly cache: { readonly on: boolean; readonly messages: number };
  readonly replayEveryMs: number;
}

/** A proxy between gateway and broker, and the way back. */
export interface Between {
  readonly proxy: LinkProxy;
  /** the gateway's settings as they were; closes the proxy */
  putBack(): Promise<void>;
}

/** Neuron counts 2,000 bytes for each message that its cache holds. */
const cachedMessageBytes = 2000;
const linkWithinMs = 20_000;
const askAgainMs = 500;
const putBackTries = 5;

/** @throws ProblemError drill.notApplied where the gateway does not publish to the site's broker */
export async function publisherParams(
  session: GatewaySession,
  site: Site,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const uplinkNode = uplinkNodeOf(site);
  const config = await session.config(signal);
  const params = config.settings.find(({ node }) => node === uplinkNode)?.params;
  const { uplink } = site;
  if (!uplink || !params || params.host !== uplink.host || params.port !== uplink.port)
    throw new ProblemError({ code: "drill.notApplied", node: uplinkNode });
  return params;
}

export function publisherSettings(params: Readonly<Record<string, unknown>>): PublisherSettings {
  const on = params["offline-cache"] !== false;
  const megabytes = Number(params["cache-mem-size"] ?? 0) + Number(params["cache-disk-size"] ?? 0);
  const qos = Number(params.qos ?? 0);
  return {
    qos: qos === 1 || qos === 2 ? qos : 0,
    cache: { on, messages: on ? Math.floor((megabytes * 1e6) / cachedMessageBytes) : 0 },
    replayEveryMs: Number(params["cache-sync-interval"] ?? 100),
  };
}

/**
 * Makes the gateway publish through a proxy on this machine. The change is announced in the evidence like any other,
 * so that it can be put back after a crash. Neuron drops its cache with every change of settings: what waits there
 * now is lost, which is why the drill begins only when messages arrive.
 *
 * @throws FaultError drill.notThrough where the gateway does not come: then its settings are back already
 */
export async function putBetween(
  world: World,
  desk: GatewayDesk,
  site: Site,
  params: Readonly<Record<string, unknown>>,
  job: JobControl<DrillDetail>,
): Promise<Between> {
  const session = desk.session();
  const { url } = session;
  const uplinkNode = uplinkNodeOf(site);
  const host = addressTowards(new URL(url).hostname, world.discovery.networks());
  if (host === undefined) throw new FaultError({ code: "drill.notThrough", host: "", port: 0 });
  const to = { host: String(params.host), port: Number(params.port) };
  const proxy = await world.linkProxies.open({ host, to });
  const between = { proxy, putBack };
  let isLent = false;

  async function putBack(): Promise<void> {
    // Whatever happened, the way is open again before anything else.
    proxy.restore();
    try {
      if (isLent) await giveBack();
    } finally {
      await proxy.close();
    }
  }

  async function giveBack(): Promise<void> {
    const { signal } = new AbortController();
    for (let tries = 1; ; tries++) {
      try {
        await session.change({ kind: "setSettings", node: uplinkNode, params }, signal);
        break;
      } catch (error) {
        if (!(error instanceof FaultError) || tries === putBackTries)
          throw new FaultError(
            {
              code: "gateway.rollbackFailed",
              url,
              because: error instanceof FaultError ? error.fault.code : "internal",
            },
            error,
          );
        await world.clock.sleep(askAgainMs * tries);
      }
    }
    isLent = false;
    await job.record("putBack", { url });
  }

  try {
    const config = await session.config(job.signal);
    const from = desk.digest(config);
    await keepSnapshot(world, job.record, { url, digest: from, config });
    const asleep = (await session.states(job.signal)).filter(({ running }) => running === stopped);
    await job.record("applyIntent", {
      ...{ url, from, to: "drill", nodes: desk.ownNodes(), touched: [uplinkNode] },
      stopped: asleep.map(({ node }) => node),
      lent: true,
    });
    job.signal.throwIfAborted();
    isLent = true;
    const lent = { ...params, host: proxy.host, port: proxy.port };
    await session.change({ kind: "setSettings", node: uplinkNode, params: lent }, job.signal);
    const until = world.clock.monotonic() + linkWithinMs;
    for (;;) {
      const node = (await session.states(job.signal)).find((state) => state.node === uplinkNode);
      if (proxy.open > 0 && node?.link === 1) return between;
      if (world.clock.monotonic() > until)
        throw new FaultError({ code: "drill.notThrough", host: proxy.host, port: proxy.port });
      await world.clock.sleep(askAgainMs, job.signal);
    }
  } catch (error) {
    await putBack();
    throw error;
  }
}
