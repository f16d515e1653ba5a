import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { GatewayAccess } from "../access.ts";
import type { JsonObject } from "../json.ts";
import { printJson } from "../json.ts";
import type { AppNode } from "../model.ts";
import type { Registry } from "../registry.ts";
import type { App, AppCounts } from "./app.ts";
import { formatReport } from "./formats.ts";
import { offlineCache, replayEveryMs } from "./offlineCache.ts";
import { takeReport } from "./report.ts";
import { answerRequest, requestTopics } from "./requests.ts";

type Qos = 0 | 1 | 2;

/** Publishes groups to a broker and answers read and write requests, as the node's parameters say. */
export function startMqttApp(
  node: AppNode,
  registry: Registry,
  access: GatewayAccess,
  now: () => number,
): App {
  const params = node.params ?? {};
  const qos = Number(params.qos ?? 0) as Qos;
  const counts: AppCounts = { sent: 0, errors: 0, received: 0, cached: 0, disconnections: 0 };
  const cache = offlineCache<{ readonly topic: string; readonly payload: string }>(params);
  const topics = requestTopics(node.name, params);
  const client = connect(clientOptions(params));
  const timers: NodeJS.Timeout[] = [];

  client.on("error", () => undefined);
  client.on("close", () => {
    counts.disconnections++;
  });
  client.on("connect", () => {
    for (const topic of topics.requests) client.subscribe(topic, { qos: 0 });
  });
  client.on("message", (topic, payload) => {
    counts.received++;
    void answerRequest(topic, payload.toString(), topics, access).then((answer) => {
      if (answer !== undefined) publish(answer.topic, answer.payload, qos);
    });
  });

  function publish(topic: string, payload: string, level: Qos): void {
    if (!client.connected) {
      counts.errors++;
      cache.keep({ topic, payload });
      counts.cached = cache.size;
      return;
    }
    counts.sent++;
    client.publish(topic, payload, { qos: level, retain: false }, () => undefined);
  }

  timers.push(setInterval(replayOne, replayEveryMs(params)));
  function replayOne(): void {
    if (!client.connected) return;
    const oldest = cache.take();
    counts.cached = cache.size;
    if (oldest !== undefined) publish(oldest.topic, oldest.payload, qos);
  }

  if (params.upload_drv_state === true) {
    const seconds = Number(params.upload_drv_state_interval ?? 1);
    timers.push(
      setInterval(() => publish(String(params.upload_drv_state_topic), driverStates(), 0), seconds * 1000),
    );
  }
  function driverStates(): string {
    const states = registry.drivers.map(({ name, running }) => ({
      node: name,
      link: access.linkOf(name),
      running,
    }));
    return printJson({ timestamp: now(), states });
  }

  return {
    counts,
    get link() {
      return client.connected ? 1 : 0;
    },
    report(group, subscription) {
      const report = takeReport(group, subscription, { withErrors: params.upload_err !== false, now: now() });
      if (report === undefined) return;
      const given = subscription.params?.topic;
      const topic =
        typeof given === "string"
          ? given
          : `/neuron/${node.name}/${subscription.driver}/${subscription.group}`;
      publish(topic, formatReport(report, Number(params.format ?? 0), params.schema), qos);
    },
    stop() {
      for (const timer of timers) clearInterval(timer);
      endClient(client);
    },
  };
}

function clientOptions(params: JsonObject): IClientOptions {
  const pem = (value: unknown) =>
    typeof value === "string" && value !== "" ? Buffer.from(value, "base64") : undefined;
  const [ca, cert, key] = [pem(params.ca), pem(params.cert), pem(params.key)];
  const username = String(params.username ?? "");
  return {
    host: String(params.host),
    port: Number(params.port),
    protocol: params.ssl === true ? "mqtts" : "mqtt",
    protocolVersion: params.version === 5 ? 5 : 4,
    clientId: String(params["client-id"]),
    clean: true,
    keepalive: 60,
    reconnectPeriod: 1000,
    connectTimeout: 5000,
    queueQoSZero: false,
    ...(username === "" ? {} : { username, password: String(params.password ?? "") }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function endClient(client: MqttClient): void {
  client.removeAllListeners("message");
  client.end(true);
}
