import { fromBase64 } from "#domain/bundle/base64.ts";
import { uplinkSchema } from "#domain/site/schema.ts";
import type { Site, Uplink } from "#domain/site/site.ts";
import { defaultTopic, patternTopic, topicLevel } from "#domain/site/topic.ts";
import { utf8Text } from "#domain/utf8.ts";

type Params = Readonly<Record<string, unknown>>;

/** What the broker's settings of an MQTT node hold that no site may hold. */
export interface UplinkSecrets {
  readonly password: string;
  /** PEM */
  readonly key: string;
}

/** An MQTT node's settings as an uplink, without its topics; undefined where no uplink can say them. */
export function uplinkOf(params: Params): (Uplink & { readonly secrets: UplinkSecrets }) | undefined {
  const tls = params.ssl === true;
  const certificate = tls ? pemOf(params.cert) : "";
  const read = uplinkSchema.safeParse({
    host: params.host,
    port: params.port,
    tls,
    ca: tls ? pemOf(params.ca) : "",
    ...(certificate !== "" && { clientCertificate: certificate }),
    version: params.version === 5 ? "5" : "3.1.1",
    clientId: params["client-id"],
    username: params.username ?? "",
    qos: params.qos ?? 0,
    format: params.format === 1 ? "tags" : "values",
    topic: defaultTopic,
  });
  if (!read.success) return undefined;
  const secrets = {
    password: typeof params.password === "string" ? params.password : "",
    key: certificate === "" ? "" : pemOf(params.key),
  };
  return { ...read.data, secrets };
}

function pemOf(base64: unknown): string {
  const bytes = typeof base64 === "string" ? fromBase64(base64) : undefined;
  return (bytes && utf8Text(bytes)) ?? "";
}

/** Where one group was found to be published. */
export interface FoundTopic {
  readonly line: string;
  readonly group: string;
  readonly topic: string;
}

/** The pattern with {site}, {line} and {group} that gives most of these topics; the site's own where it does as well. */
export function topicPattern(site: Site, uplink: Uplink, found: readonly FoundTopic[]): string {
  const path = site.path.filter((part) => part.trim() !== "");
  const prefix = (path.length > 0 ? path : [site.name]).map(topicLevel).join("/");
  const own = site.uplink?.topic ?? defaultTopic;
  const seen = new Set([own, ...found.slice(0, mostTried).flatMap((one) => patternsOf(one, prefix))]);
  const fits = (topic: string) =>
    found.filter(
      ({ line, group, topic: is }) =>
        patternTopic({ ...site, uplink: { ...uplink, topic } }, { name: line }, group) === is,
    ).length;
  const patterns = [...seen].filter((pattern) => uplinkSchema.shape.topic.safeParse(pattern).success);
  const scored = patterns.map((pattern) => ({ pattern, fits: fits(pattern) }));
  return scored.reduce((best, next) => (next.fits > best.fits ? next : best)).pattern;
}

/** Others follow from the first ones, or there is no pattern. */
const mostTried = 20;

function patternsOf({ line, group, topic }: FoundTopic, prefix: string): readonly string[] {
  const named = topic
    .split("/")
    .filter((level) => level !== "")
    .map((level) => {
      if (level === topicLevel(line)) return "{line}";
      return level === topicLevel(group) ? "{group}" : level;
    })
    .join("/");
  const placed = named.startsWith(`${prefix}/`) ? `{site}${named.slice(prefix.length)}` : named;
  // Where line and group have one name, either may be meant.
  const turned = placed.replace("{line}/{line}", "{line}/{group}");
  return [placed, turned, named];
}
