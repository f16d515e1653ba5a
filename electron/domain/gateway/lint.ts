import type { Problem } from "#domain/problem.ts";
import type { Line, Site, Uplink } from "#domain/site/site.ts";
import { siteContradictions } from "#domain/site/siteContradictions.ts";
import { topicOf } from "#domain/site/topic.ts";
import { utf8Length } from "#domain/utf8.ts";
import { type GatewayAbilities, oldestGateway } from "./dialect.ts";
import { uplinkNodeOf } from "./keptParts.ts";
import { lintTag } from "./lintTag.ts";
import { baudCodes } from "./neuronSettings.ts";

/**
 * Everything in a site that a gateway refuses, or takes and then does wrong: Neuron checks neither ranges nor names,
 * and reads `1!400001xyz` as register 1. Empty when the site can be applied. `at.field` names the place in the site.
 *
 * @param gateway what the gateway can do; unknown means the strictest limits
 */
export function lintSite(site: Site, gateway: GatewayAbilities = oldestGateway): readonly Problem[] {
  return [
    ...(site.tags.length === 0 ? [{ code: "tags.none" } as const] : []),
    ...siteContradictions(site),
    ...site.lines.flatMap((line, index) => lintLine(line, uplinkNodeOf(site), `lines[${index}]`)),
    ...lintGroups(site, gateway),
    ...site.tags.flatMap((tag, index) => lintTag(tag, `tags[${index}]`)),
    ...lintUplink(site),
  ];
}

/** Bytes that Neuron keeps of a name, one less than its buffers. */
const longestName = 127;
const mostGroups = 512;
/** Neuron's own node for events. */
const monitorNode = "monitor";

function lintLine(line: Line, uplinkNode: string, field: string): readonly Problem[] {
  const problems: Problem[] = [...lintName(line.name, "line", `${field}.name`)];
  const invalid = (reason: string, part: string) =>
    problems.push({ code: "line.settingsInvalid", reason, at: { field: `${field}.${part}` } });
  if (line.name === monitorNode || line.name === uplinkNode) {
    problems.push({ code: "name.duplicate", what: "line", name: line.name, at: { field: `${field}.name` } });
  }
  if (!(line.timeoutMs > 0 && line.timeoutMs <= 30_000)) invalid(`timeout ${line.timeoutMs} ms`, "timeoutMs");
  if (line.kind === "tcp") {
    if (line.host.trim() === "" || /\s/.test(line.host)) invalid(`host "${line.host}"`, "host");
    if (!isPort(line.port)) invalid(`port ${line.port}`, "port");
    return problems;
  }
  const remote = /^tcp:\/\/.*:(\d+)$/.exec(line.gatewayPort);
  if (remote && !isPort(Number(remote[1]))) invalid(`port ${remote[1]}`, "gatewayPort");
  if (!remote && (line.gatewayPort.trim() === "" || utf8Length(line.gatewayPort) > 30)) {
    invalid(`gateway port "${line.gatewayPort}"`, "gatewayPort");
  }
  if (!baudCodes.has(line.settings.baudRate)) {
    invalid(`baud rate ${line.settings.baudRate}`, "settings.baudRate");
  }
  // Neuron's Modbus plugins speak RTU and TCP only.
  if (line.settings.mode === "ascii") invalid("ASCII framing", "settings.mode");
  return problems;
}

function lintGroups(site: Site, { shortestIntervalMs }: GatewayAbilities): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [index, group] of site.groups.entries()) {
    problems.push(...lintName(group.name, "group", `groups[${index}].name`));
    if (!(group.intervalMs >= shortestIntervalMs)) {
      problems.push({
        code: "group.intervalTooShort",
        group: group.name,
        intervalMs: group.intervalMs,
        limitMs: shortestIntervalMs,
        at: { field: `groups[${index}].intervalMs` },
      });
    }
  }
  for (const line of site.lines) {
    const groups = site.groups.filter((group) => group.line === line.id).length;
    if (groups > mostGroups) {
      problems.push({
        code: "line.settingsInvalid",
        reason: `${groups} groups on ${line.name}, ${mostGroups} at most`,
      });
    }
  }
  return problems;
}

function lintUplink(site: Site): readonly Problem[] {
  const uplink = site.uplink;
  if (uplink === null) return [{ code: "uplink.none" }];
  const problems: Problem[] = [];
  if (uplink.host.trim() === "") problems.push({ code: "uplink.hostMissing", at: { field: "uplink.host" } });
  if (uplink.clientId.trim() === "") {
    problems.push({ code: "name.empty", what: "clientId", at: { field: "uplink.clientId" } });
  }
  if (!isPort(uplink.port)) {
    problems.push({
      code: "input.invalid",
      reason: `port ${uplink.port}`,
      at: { field: "uplink.port" },
    });
  }
  if (uplink.tls && !isPem(uplink)) problems.push({ code: "uplink.caMissing", at: { field: "uplink.ca" } });
  if (uplink.webSocketPath !== undefined) {
    problems.push({ code: "uplink.webSocketRefused", at: { field: "uplink.webSocketPath" } });
  }
  for (const line of site.lines) {
    for (const group of site.groups.filter((other) => other.line === line.id)) {
      const topic = topicOf(site, line, group.name);
      const bytes = utf8Length(topic);
      if (topic === "" || bytes > 255) {
        problems.push({
          code: "text.tooLong",
          what: "topic",
          text: topic,
          bytes,
          limit: 255,
          at: { field: "uplink.topic" },
        });
      }
    }
  }
  return problems;
}

function lintName(name: string, what: string, field: string): readonly Problem[] {
  if (name.trim() === "") return [{ code: "name.empty", what, at: { field } }];
  const bytes = utf8Length(name);
  if (bytes <= longestName) return [];
  return [{ code: "text.tooLong", what, text: name, bytes, limit: longestName, at: { field } }];
}

/** Neuron wants the authority for TLS and takes any base64; what is not PEM shows only as a link that stays down. */
function isPem(uplink: Uplink): boolean {
  return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(uplink.ca);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
