import type { Bridge, BridgeTopic } from "#domain/site/site.ts";

/** Keys of a bridge's block that the site decides; others in the block are left as they are. */
export const managedKeys: readonly string[] = [
  "server",
  "proto_ver",
  "clientid",
  "keepalive",
  "clean_start",
  "username",
  "password",
  "enable",
  "ssl",
  "forwards",
  "subscription",
  "max_send_queue_len",
];

const step = "    ";

/**
 * The inside of the site's bridge block, a line each without line ends: the same for the same site, byte for byte.
 * Texts must hold no quotes and no backslashes (see checkBridge), because how NanoMQ reads escapes is not known.
 */
export function bridgeLines(bridge: Bridge, password: string): readonly string[] {
  const { server, version, clientId, keepAliveSeconds, cleanStart, username, queueLength, tls } = bridge;
  return [
    line("server", quote(server)),
    line("proto_ver", version === "5" ? "5" : "4"),
    line("clientid", quote(clientId)),
    line("keepalive", `${keepAliveSeconds}s`),
    line("clean_start", String(cleanStart)),
    ...(username === "" ? [] : [line("username", quote(username))]),
    ...(password === "" ? [] : [line("password", quote(password))]),
    ...(tls
      ? block("ssl {", "}", [
          ...fileLine("cacertfile", tls.caFile),
          ...fileLine("certfile", tls.certificateFile),
          ...fileLine("keyfile", tls.keyFile),
        ])
      : []),
    ...topicLines("forwards", bridge.forwards),
    ...topicLines("subscription", bridge.subscriptions),
    line("max_send_queue_len", String(queueLength)),
  ];
}

/** The site's bridge as a piece of the broker's file, which can stand in it as it is. */
export function printBridge(bridge: Bridge, password: string): string {
  return `${block(`bridges.mqtt.${bridge.name} {`, "}", bridgeLines(bridge, password)).join("\n")}\n`;
}

function topicLines(key: string, topics: readonly BridgeTopic[]): readonly string[] {
  if (topics.length === 0) return [];
  const items = topics.flatMap(({ local, remote, qos }, index) =>
    block("{", index === topics.length - 1 ? "}" : "},", [
      line("remote_topic", quote(remote)),
      line("local_topic", quote(local)),
      line("qos", String(qos)),
    ]),
  );
  return block(`${key} = [`, "]", items);
}

function block(open: string, close: string, inner: readonly string[]): readonly string[] {
  return [open, ...inner.map((text) => `${step}${text}`), close];
}

function fileLine(key: string, path: string): readonly string[] {
  return path === "" ? [] : [line(key, quote(path))];
}

function line(key: string, value: string): string {
  return `${key} = ${value}`;
}

function quote(text: string): string {
  return `"${text}"`;
}
