import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const qos = z.union([z.literal(0), z.literal(1), z.literal(2)]).catch(0);

const topics = z
  .array(z.looseObject({ remote_topic: text, local_topic: text, qos: qos.default(0) }))
  .nullish()
  .transform((items) =>
    (items ?? []).map((item) => ({ local: item.local_topic, remote: item.remote_topic, qos: item.qos })),
  );

/**
 * One bridge as NanoMQ 0.25.5 shows it: `GET /api/v4/bridges/`. What it does not show is not here: queue lengths,
 * waiting times, will, TLS files. The password comes in clear.
 */
const runningBridge = z
  .looseObject({
    name: z.string(),
    enable: z.boolean(),
    connector: z.looseObject({
      server: text,
      proto_ver: z.number(),
      clientid: text,
      clean_start: z.boolean(),
      username: text,
      password: text,
      keepalive: z.number(),
    }),
    forwards: topics,
    subscription: topics,
    tls: z.looseObject({ enable: z.boolean() }).optional(),
  })
  .transform(({ name, enable, connector, forwards, subscription, tls }) => ({
    name,
    enable,
    server: connector.server,
    protocol: connector.proto_ver,
    clientId: connector.clientid,
    cleanStart: connector.clean_start,
    username: connector.username,
    password: connector.password,
    keepAliveSeconds: connector.keepalive,
    tls: tls?.enable ?? false,
    forwards,
    subscriptions: subscription,
  }));

export const bridgesSchema = z.object({ bridge: z.looseObject({ nodes: z.array(runningBridge) }) });

/** What a bridge is, as far as the broker shows it; absent texts are empty. */
export type RunningBridge = z.infer<typeof runningBridge>;
