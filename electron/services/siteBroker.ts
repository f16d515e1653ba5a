import type { BrokerPlace } from "#capabilities/uplink.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";
import { uplinkKey, uplinkPassword } from "./uplinkSecrets.ts";
import type { World } from "./world.ts";

/** One group's messages: where they are published and how often. */
export interface GroupTopic {
  readonly line: string;
  readonly group: string;
  readonly topic: string;
  readonly intervalMs: number;
}

/**
 * The site's broker as Lastmile's own client sees it. The client id differs from the gateway's: a broker closes the
 * older of two sessions with one id.
 */
export async function brokerPlace(world: World, site: Site, role: string): Promise<BrokerPlace> {
  const { uplink } = site;
  if (!uplink) throw new ProblemError({ code: "uplink.none" });
  if (uplink.host.trim() === "")
    throw new ProblemError({ code: "uplink.hostMissing", at: { field: "host" } });
  const { host, port, tls, ca, version, username, clientCertificate, webSocketPath } = uplink;
  const clientId = `${uplink.clientId}-${role}-${world.crypto.randomId().slice(0, 8)}`;
  const password = await uplinkPassword(world, site);
  return {
    ...{ host, port, tls, ca, version, clientId, username, password, keepAliveSeconds: 30 },
    ...(tls &&
      clientCertificate !== undefined && {
        client: { certificate: clientCertificate, key: await uplinkKey(world, site) },
      }),
    ...(webSocketPath !== undefined && { webSocketPath }),
  };
}

/** Groups that the gateway publishes: those with tags. */
export function groupTopics(site: Site): readonly GroupTopic[] {
  const used = new Set(site.tags.map((tag) => `${tag.line}/${tag.group}`));
  return site.groups.flatMap(({ line: id, name: group, intervalMs }) => {
    const line = site.lines.find((candidate) => candidate.id === id);
    return line && used.has(`${id}/${group}`)
      ? [{ line: line.name, group, topic: topicOf(site, line, group), intervalMs }]
      : [];
  });
}
