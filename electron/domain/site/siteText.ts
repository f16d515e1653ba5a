import type { Kept } from "./kept.ts";
import type { Bridge, BridgeTopic, Group, Line, RuleSet, SerialSettings, Site, Unit } from "./site.ts";

/** A tag as the file holds it: its address is text, or an object where it has no text. */
type TagLine = Readonly<Record<string, unknown>> | object;

/**
 * Lays a site out for people: fixed key order, what belongs together on one line. Ends with a newline.
 *
 * @param tags texts of `tagLines`, which together hold every tag
 */
export function printSiteText(format: number, site: Site, tags: readonly string[]): string {
  const fields = [
    field("format", format),
    field("id", site.id),
    field("name", site.name),
    field("path", site.path),
    field("engineer", site.engineer),
    field("note", site.note),
    field("training", site.training),
    field("gateway", site.gateway && pick(site.gateway, ["url", "user"])),
    `"lines": ${block(site.lines.map(lineText), "  ")}`,
    `"groups": ${block(
      site.groups.map((group: Group) => inline(pick(group, ["line", "name", "intervalMs"]))),
      "  ",
    )}`,
    field("uplink", site.uplink && pick(site.uplink, uplinkKeys)),
    ...(site.kept === undefined ? [] : [`"kept": ${keptText(site.kept)}`]),
    ...(site.bridge ? [`"bridge": ${bridgeText(site.bridge)}`] : []),
    ...(site.rules ? [`"rules": ${rulesText(site.rules)}`] : []),
    `"tags": ${tags.length === 0 ? "[]" : `[\n${tags.join(",\n")}\n  ]`}`,
  ];
  return `{\n${fields.map((text) => `  ${text}`).join(",\n")}\n}\n`;
}

/** Some tags as they stand in the file, one a line. */
export function tagLines(tags: readonly TagLine[]): string {
  return tags.map((tag) => `    ${members(tag, tagKeys)}`).join(",\n");
}

const uplinkKeys = [
  "host",
  "port",
  "tls",
  "ca",
  "clientCertificate",
  "webSocketPath",
  "version",
  "clientId",
  "username",
  "qos",
  "format",
  "topic",
] as const;
const bridgeKeys = [
  "url",
  "user",
  "name",
  "server",
  "version",
  "clientId",
  "cleanStart",
  "keepAliveSeconds",
  "username",
  "queueLength",
] as const;
const tagKeys = [
  "line",
  "group",
  "name",
  "address",
  "type",
  "access",
  "scale",
  "bias",
  "precision",
  "unit",
  "description",
  "manual",
] as const;
const keptLists = ["labels", "settings", "groups", "tags", "subscriptions"] as const;
const addressKeys = ["unit", "area", "offset", "bit", "order", "length", "stringOrder"] as const;

/** RTU is what a line is unless it says otherwise, so that a file from before there was a choice stays as it is. */
function settingsKeys({ mode }: SerialSettings) {
  const always = ["baudRate", "parity", "dataBits", "stopBits"] as const;
  return mode === "ascii" ? [...always, "mode"] : always;
}

function lineText(line: Line): string {
  const own =
    line.kind === "serial"
      ? [
          field("port", line.port),
          field("gatewayPort", line.gatewayPort),
          field("settings", pick(line.settings, settingsKeys(line.settings))),
        ]
      : [field("host", line.host), field("port", line.port)];
  const units = line.units.map((unit: Unit) => inline(pick(unit, ["number", "name", "identity", "profile"])));
  const fields = [
    field("id", line.id),
    field("name", line.name),
    field("kind", line.kind),
    ...own,
    field("timeoutMs", line.timeoutMs),
    `"units": ${block(units, "      ")}`,
  ];
  return `{\n${fields.map((text) => `      ${text}`).join(",\n")}\n    }`;
}

/** One thing a line, as with tags. */
function keptText(kept: Kept): string {
  const { uplinkNode, ...lists } = kept;
  const fields = [
    ...(uplinkNode === undefined ? [] : [field("uplinkNode", uplinkNode)]),
    ...keptLists.map((name) => `${JSON.stringify(name)}: ${block(lists[name].map(inline), "    ")}`),
  ];
  return `{\n${fields.map((text) => `    ${text}`).join(",\n")}\n  }`;
}

function bridgeText(bridge: Bridge): string {
  const topics = (items: readonly BridgeTopic[]) =>
    block(
      items.map((item) => inline(pick(item, ["local", "remote", "qos"]))),
      "    ",
    );
  const tls = bridge.tls && pick(bridge.tls, ["caFile", "certificateFile", "keyFile"]);
  return tall(
    [
      ...bridgeKeys.map((key) => field(key, bridge[key])),
      ...(tls ? [field("tls", tls)] : []),
      `"forwards": ${topics(bridge.forwards)}`,
      `"subscriptions": ${topics(bridge.subscriptions)}`,
    ],
    "  ",
  );
}

function rulesText(rules: RuleSet): string {
  const streams = rules.streams.map((stream) => inline(pick(stream, ["name", "sql"])));
  // What eKuiper takes is nobody's to order or to shorten.
  const items = rules.rules.map((rule) => JSON.stringify(pick(rule, ["id", "sql", "actions", "options"])));
  return tall(
    [field("url", rules.url), `"streams": ${block(streams, "    ")}`, `"rules": ${block(items, "    ")}`],
    "  ",
  );
}

/** An object with one member a line. */
function tall(fields: readonly string[], indent: string): string {
  return `{\n${fields.map((text) => `${indent}  ${text}`).join(",\n")}\n${indent}}`;
}

function field(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${inline(value)}`;
}

/** An array with one item a line, or `[]`. */
function block(items: readonly string[], indent: string): string {
  if (items.length === 0) return "[]";
  return `[\n${items.map((item) => `${indent}  ${item}`).join(",\n")}\n${indent}]`;
}

/** JSON on one line with spaces, as people write it. */
function inline(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  return members(value, "area" in value ? addressKeys : Object.keys(value));
}

/** The named members in this order; what is absent stays absent. */
function members(value: object, names: readonly string[]): string {
  const parts: string[] = [];
  for (const name of names) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) parts.push(`"${name}": ${inline(member)}`);
  }
  return `{ ${parts.join(", ")} }`;
}

/** The named members alone. */
function pick(value: object, names: readonly string[]): Record<string, unknown> {
  const all = value as Record<string, unknown>;
  return Object.fromEntries(names.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
}
