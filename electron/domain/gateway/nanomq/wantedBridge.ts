import type { Bridge } from "#domain/site/site.ts";
import type { RunningBridge } from "./bridgeSchema.ts";

/** What the broker is to show once it runs the site's bridge. */
export function wantedBridge(bridge: Bridge, password: string): RunningBridge {
  return {
    name: bridge.name,
    enable: true,
    server: bridge.server,
    protocol: bridge.version === "5" ? 5 : 4,
    clientId: bridge.clientId,
    cleanStart: bridge.cleanStart,
    username: bridge.username,
    password,
    keepAliveSeconds: bridge.keepAliveSeconds,
    tls: bridge.tls !== undefined,
    forwards: bridge.forwards.map(({ local, remote, qos }) => ({ local, remote, qos })),
    subscriptions: bridge.subscriptions.map(({ local, remote, qos }) => ({ local, remote, qos })),
  };
}

/**
 * A running bridge as a site keeps it, without its password. What the broker does not show is as the broker has it
 * by itself.
 *
 * @param place NanoMQ's own API, and who signs in to it
 */
export function bridgeOf(
  running: RunningBridge,
  place: { readonly url: string; readonly user: string },
): Bridge {
  const { name, server, protocol, clientId, cleanStart, username, keepAliveSeconds, forwards } = running;
  return {
    ...place,
    name,
    server,
    version: protocol === 5 ? "5" : "3.1.1",
    clientId,
    cleanStart,
    keepAliveSeconds,
    username,
    queueLength: usualQueueLength,
    forwards,
    subscriptions: running.subscriptions,
    ...(running.tls && { tls: { caFile: "", certificateFile: "", keyFile: "" } }),
  };
}

/** A link that is down for ten minutes at a message a second loses nothing: measured, the broker drops the oldest. */
export const usualQueueLength = 1024;
