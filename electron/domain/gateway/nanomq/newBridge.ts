import type { Bridge, Site } from "#domain/site/site.ts";
import { usualQueueLength } from "./wantedBridge.ts";

/** A bridge that takes what the gateway publishes to the site's broker, until a person says otherwise. */
export function newBridge(site: Pick<Site, "id" | "uplink">, place: { url: string; user: string }): Bridge {
  const { uplink } = site;
  const scheme = uplink?.tls ? "tls+mqtt-tcp" : "mqtt-tcp";
  // What stands before the first name in the pattern is the same for every group.
  const levels = (uplink?.topic ?? "lastmile/{site}").split("{")[0]?.split("/").filter(Boolean) ?? [];
  return {
    ...place,
    name: "cloud",
    server: `${scheme}://${uplink?.host || "localhost"}:${uplink?.port ?? 1883}`,
    version: uplink?.version ?? "3.1.1",
    clientId: `${uplink?.clientId ?? site.id}-bridge`,
    cleanStart: false,
    keepAliveSeconds: 60,
    username: uplink?.username ?? "",
    queueLength: usualQueueLength,
    forwards: [{ local: [...levels, "#"].join("/"), remote: "", qos: 1 }],
    subscriptions: [],
    ...(uplink?.tls && { tls: { caFile: "", certificateFile: "", keyFile: "" } }),
  };
}
