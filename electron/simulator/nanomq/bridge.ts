import { connect, type MqttClient } from "mqtt";
import type { BridgeConf, BridgeTopicConf } from "./conf.ts";

export interface BridgeCounts {
  sent: number;
  received: number;
  sentBytes: number;
  receivedBytes: number;
  /** how often it connected: the only thing that tells whether it ever did */
  reconnects: number;
  droppedUp: number;
}

/** One bridge at work: it really connects and really passes messages on. */
export interface RunningBridge {
  readonly counts: BridgeCounts;
  /** a message that somebody published here */
  forward(topic: string, payload: Buffer): void;
  stop(): void;
}

/** @param deliver takes a message of the far broker to the clients of this one */
export function startBridge(
  conf: BridgeConf,
  counts: BridgeCounts,
  deliver: (topic: string, payload: Buffer, qos: 0 | 1 | 2) => void,
): RunningBridge {
  const client = conf.enable ? open(conf) : undefined;
  client?.on("error", () => undefined);
  client?.on("connect", () => {
    counts.reconnects += 1;
    for (const { remote_topic, qos } of conf.subscription)
      if (remote_topic !== "") client.subscribe(remote_topic, { qos: level(qos) });
  });
  client?.on("message", (topic, payload) => {
    counts.received += 1;
    counts.receivedBytes += payload.length;
    const rule = conf.subscription.find(({ remote_topic }) => matches(remote_topic, topic));
    deliver(rule?.local_topic || topic, payload, level(rule?.qos ?? 0));
  });
  return {
    counts,
    forward(topic, payload) {
      const rule = conf.forwards.find(({ local_topic }) => matches(local_topic, topic));
      if (rule === undefined || client === undefined) return;
      if (!client.connected && rule.qos === 0) counts.droppedUp += 1;
      else send(client, rule, topic, payload);
    },
    stop: () => void client?.end(true),
  };

  function send(way: MqttClient, rule: BridgeTopicConf, topic: string, payload: Buffer): void {
    counts.sent += 1;
    counts.sentBytes += payload.length;
    way.publish(rule.remote_topic || topic, payload, { qos: level(rule.qos) }, () => undefined);
  }
}

export const newCounts = (): BridgeCounts => ({
  sent: 0,
  received: 0,
  sentBytes: 0,
  receivedBytes: 0,
  reconnects: 0,
  droppedUp: 0,
});

function open(conf: BridgeConf): MqttClient | undefined {
  const place = /^(?:tls\+)?mqtt-tcp:\/\/(.+):(\d+)$/.exec(conf.server ?? "");
  if (!place) return undefined;
  return connect({
    host: place[1] ?? "",
    port: Number(place[2]),
    protocol: conf.tls ? "mqtts" : "mqtt",
    protocolVersion: conf.proto_ver === 5 ? 5 : 4,
    clientId: conf.clientid ?? "",
    clean: conf.clean_start,
    keepalive: conf.keepalive,
    // Half a second, and then longer, was measured; that it comes back soon is all that counts here.
    reconnectPeriod: 500,
    ...(conf.username !== null && { username: conf.username, password: conf.password ?? "" }),
  });
}

function level(qos: number): 0 | 1 | 2 {
  return qos === 1 || qos === 2 ? qos : 0;
}

/** @see MQTT 3.1.1, 4.7 */
export function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split("/"), topic.split("/")];
  for (const [index, name] of wanted.entries()) {
    if (name === "#") return true;
    if (levels[index] === undefined || (name !== "+" && name !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}
