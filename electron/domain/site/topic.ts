import type { Line, Site } from "./site.ts";

/** Where the products put a group's messages unless a person says otherwise. */
export const defaultTopic = "lastmile/{site}/{line}/{group}";

/**
 * The topic of one group's messages: the uplink's pattern with {site}, {line} and {group} filled in.
 *
 * {site} is the path from the enterprise down, one level a part, or the site's name where there is no path.
 * The result has no wildcards, no empty level, no leading slash and no leading `$`, whatever the names hold. Only a
 * topic that was found on a gateway stays as it is, for as long as the pattern says what it said then.
 */
export function topicOf(site: Site, line: Pick<Line, "id" | "name">, group: string): string {
  const topic = patternTopic(site, line, group);
  const kept = site.kept?.subscriptions.find((one) => one.line === line.id && one.group === group);
  return kept?.instead === topic ? kept.topic : topic;
}

/** What the uplink's pattern alone says. */
export function patternTopic(site: Site, line: Pick<Line, "name">, group: string): string {
  const pattern = site.uplink?.topic ?? defaultTopic;
  const path = site.path.filter((part) => part.trim() !== "");
  const names: Record<string, string> = {
    site: (path.length > 0 ? path : [site.name]).map(topicLevel).join("/"),
    line: topicLevel(line.name),
    group: topicLevel(group),
  };
  // One pass, so that a line named "{group}" stays what it is.
  const filled = pattern.replace(/\{(site|line|group)\}/g, (_, name: string) => names[name] ?? "");
  return filled
    .replace(/[+#]/g, "-")
    .split("/")
    .map((level) => withoutControls(level).trim())
    .filter((level) => level !== "")
    .join("/")
    .replace(/^\$+/, "");
}

/** A name as one level of a topic. */
export function topicLevel(name: string): string {
  const level = withoutControls(name).replace(/[/+#]/g, "-").trim();
  return level === "" ? "-" : level;
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, "-");
}
