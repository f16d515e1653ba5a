import type { Advice } from "./advise.ts";

/** Messages that NanoMQ's bridge keeps in memory while the cloud is away: an hour of the site's. */
const keptMs = 3_600_000;
const leastQueue = 1000;

/**
 * The bridge's part of a NanoMQ configuration: one key a line, because its parser takes no more. Its disk cache was
 * measured not to be used (messages past `max_send_queue_len` are lost), so the queue in memory is made long.
 *
 * @param messagesPerDay that pass the bridge
 */
export function bridgeSettings(
  advice: Pick<Advice, "keepAliveSeconds" | "qos">,
  cloud: {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    readonly version: "3.1.1" | "5";
  },
  messagesPerDay: number,
): string {
  const queue = Math.max(leastQueue, Math.ceil((messagesPerDay * keptMs) / 86_400_000 / 1000) * 1000);
  return [
    "bridges.mqtt.cloud {",
    `  server = "${cloud.tls ? "tls+mqtt-tcp" : "mqtt-tcp"}://${cloud.host}:${cloud.port}"`,
    `  proto_ver = ${cloud.version === "5" ? 5 : 4}`,
    `  keepalive = "${advice.keepAliveSeconds}s"`,
    '  backoff_max = "60s"',
    "  clean_start = false",
    "  max_parallel_processes = 2",
    `  max_send_queue_len = ${queue}`,
    "  resend_interval = 5000",
    "  forwards = [",
    "    {",
    '      remote_topic = ""',
    '      local_topic = "#"',
    `      qos = ${advice.qos}`,
    "    }",
    "  ]",
    "}",
    "",
  ].join("\n");
}
