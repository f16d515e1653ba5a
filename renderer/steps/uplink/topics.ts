import type { SiteView } from "#contract/views.ts";
import type { Site } from "#domain/site/site.ts";
import { topicOf } from "#domain/site/topic.ts";

export interface GroupTopic {
  readonly group: string;
  readonly topic: string;
}

/** Where each group's messages would go with this topic pattern. */
export function topicsOf(head: SiteView["head"], pattern: string): readonly GroupTopic[] {
  const uplink = head.uplink ?? anyUplink;
  const site: Site = { ...head, tags: [], uplink: { ...uplink, topic: pattern } };
  return head.lines.flatMap((line) =>
    head.groups
      .filter((group) => group.line === line.id)
      .map((group) => ({ group: `${line.name}/${group.name}`, topic: topicOf(site, line, group.name) })),
  );
}

/** How many groups share their topic with another one. */
export function sharing(topics: readonly GroupTopic[]): number {
  const counts = new Map<string, number>();
  for (const { topic } of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts.values()].filter((count) => count > 1).reduce((sum, count) => sum + count, 0);
}

/** Only the topic of an uplink matters here. */
const anyUplink = {
  host: "",
  port: 1883,
  tls: false,
  ca: "",
  version: "3.1.1",
  clientId: "",
  username: "",
  qos: 1,
  format: "values",
  topic: "",
} as const;
