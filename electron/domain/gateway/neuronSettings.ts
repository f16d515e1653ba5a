import { toBase64 } from "#domain/bundle/base64.ts";
import type { Line, SerialLine, Site, Uplink } from "#domain/site/site.ts";
import { topicLevel } from "#domain/site/topic.ts";
import { utf8Bytes } from "#domain/utf8.ts";

/** Neuron's numbers for baud rates; it has no others. */
export const baudCodes: ReadonlyMap<number, number> = new Map([
  [115200, 0],
  [57600, 1],
  [38400, 2],
  [19200, 3],
  [9600, 4],
  [4800, 5],
  [2400, 6],
  [1800, 7],
  [1200, 8],
  [600, 9],
  [300, 10],
  [200, 11],
  [150, 12],
]);

const parityCodes = { none: 0, odd: 1, even: 2 } as const;

/** Neuron's schema asks for at least this much, though the server takes less. */
export const shortestTimeoutMs = 1000;

export function pluginOf(line: Line): "Modbus RTU" | "Modbus TCP" {
  return line.kind === "serial" ? "Modbus RTU" : "Modbus TCP";
}

/**
 * The settings of one line's node. What Neuron would fill in by itself is written out, so that two gateways of
 * different age do the same. Byte orders are the plain ones, because every tag says its own.
 */
export function lineSettings(line: Line): Readonly<Record<string, unknown>> {
  const common = {
    timeout: Math.max(shortestTimeoutMs, line.timeoutMs),
    interval: 20,
    max_retries: 0,
    retry_interval: 0,
    device_degrade: 0,
    endianess: 1,
    endianess_64: 1,
    address_base: 1,
  };
  if (line.kind === "tcp") {
    return { connection_mode: 0, host: line.host, port: line.port, check_header: 0, ...common };
  }
  return { ...serialSettings(line), ...common };
}

function serialSettings(line: SerialLine): Readonly<Record<string, unknown>> {
  const remote = /^tcp:\/\/([^/:]+|\[[^\]]+\]):(\d+)$/.exec(line.gatewayPort);
  if (remote) return { link: 1, connection_mode: 0, host: remote[1], port: Number(remote[2]) };
  return {
    link: 0,
    device: line.gatewayPort,
    stop: line.settings.stopBits - 1,
    parity: parityCodes[line.settings.parity],
    baud: baudCodes.get(line.settings.baudRate),
    data: line.settings.dataBits - 5,
  };
}

/**
 * The settings of the MQTT node. Topics are ours because Neuron's own defaults start with a slash; nothing outside
 * may start file actions on drivers. The cache holds about half a million messages at Neuron's 2,000 bytes each.
 */
export function uplinkSettings(
  site: Site,
  uplink: Uplink,
  secrets: { readonly uplinkPassword: string; readonly uplinkKey?: string },
): Readonly<Record<string, unknown>> {
  const write = writeTopics(site);
  return {
    version: uplink.version === "5" ? 5 : 4,
    "client-id": uplink.clientId,
    qos: uplink.qos,
    format: uplink.format === "tags" ? 1 : 0,
    upload_err: true,
    enable_topic: false,
    "write-req-topic": write.request,
    "write-resp-topic": write.reply,
    "driver-topic-prefix": topicPrefix(site),
    upload_drv_state: false,
    "offline-cache": true,
    "cache-mem-size": 16,
    "cache-disk-size": 1024,
    "cache-sync-interval": 100,
    host: uplink.host,
    port: uplink.port,
    username: uplink.username,
    password: secrets.uplinkPassword,
    ssl: uplink.tls,
    ...(uplink.tls ? { ca: toBase64(utf8Bytes(uplink.ca)) } : {}),
    ...(uplink.tls && uplink.clientCertificate
      ? {
          cert: toBase64(utf8Bytes(uplink.clientCertificate)),
          key: toBase64(utf8Bytes(secrets.uplinkKey ?? "")),
        }
      : {}),
  };
}

/** Where the gateway of a site takes writes over MQTT, and answers them: as its MQTT node is told. */
export function writeTopics(site: Site): { readonly request: string; readonly reply: string } {
  const prefix = topicPrefix(site);
  return { request: `${prefix}/write/req`, reply: `${prefix}/write/resp` };
}

function topicPrefix(site: Site): string {
  return `neuron/${topicLevel(site.id)}`;
}
