import { z } from "zod";
import type { Nanomqs } from "#capabilities/nanomqApi.ts";
import { FaultError } from "#domain/fault.ts";
import { bridgesSchema } from "#domain/gateway/nanomq/bridgeSchema.ts";
import { originOf, type ProgramCall, type ProgramPlace, programCall, type Refused } from "./programCall.ts";

const root = "/api/v4";
const usualAnswerMs = 10_000;

const counted = z.looseObject({ code: z.number() });
const done = z.looseObject({ code: z.literal(0) });
const within = <T extends z.ZodType>(data: T) => z.looseObject({ code: z.literal(0), data });

const brokersReply = within(
  z
    .array(z.looseObject({ sysdescr: z.literal("NanoMQ Broker"), version: z.string(), uptime: z.string() }))
    .min(1),
);
const callsReply = within(z.array(z.looseObject({ path: z.string(), method: z.string() })));
const clientsReply = within(z.array(z.unknown()));
const bridgesReply = within(bridgesSchema);
const fileReply = within(z.looseObject({ content: z.string() }));
const metricsReply = z.looseObject({
  metrics: z.array(
    z
      .looseObject({
        "bridge name": z.string(),
        "sent messages": z.number(),
        "received messages": z.number(),
        "MQTT reconnect times": z.number(),
        "uplink msg dropped": z.number().default(0),
      })
      .transform((row) => ({
        name: row["bridge name"],
        connections: row["MQTT reconnect times"],
        sent: row["sent messages"],
        received: row["received messages"],
        dropped: row["uplink msg dropped"],
      })),
  ),
});

/** NanoMQ brokers with the API of 0.21 and newer, as 0.25.5 was measured. */
export function nanomqs(answerMs = usualAnswerMs): Nanomqs {
  return {
    async signIn(url, user, password, signal) {
      const place: ProgramPlace = {
        program: "nanomq",
        origin: originOf(url),
        basic: { user, password },
        limitMs: answerMs,
      };
      const ask = <T>(call: ProgramCall<T>, until: AbortSignal) =>
        programCall(place, { ...call, path: `${root}${call.path}` }, refusedIn, until);
      const brokers = await ask({ method: "GET", path: "/brokers", reply: brokersReply }, signal);
      const calls = await ask({ method: "GET", path: "", reply: callsReply }, signal);
      const handsOutFile = calls.data.some(({ path, method }) => method === "GET" && path === "/get_file");
      return {
        url: place.origin,
        user,
        version: brokers.data[0]?.version ?? "",
        defaultPassword: user === "admin" && password === "public",
        handsOutFile,
        async uptimeSeconds(until) {
          const reply = await ask({ method: "GET", path: "/brokers", reply: brokersReply }, until);
          const [hours = 0, minutes = 0, seconds = 0] = (reply.data[0]?.uptime.match(/\d+/g) ?? []).map(
            Number,
          );
          return (hours * 60 + minutes) * 60 + seconds;
        },
        async bridges(until) {
          const reply = await ask({ method: "GET", path: "/bridges/", reply: bridgesReply }, until);
          return reply.data.bridge.nodes;
        },
        async file(until) {
          if (!handsOutFile) return undefined;
          const path = "/get_file?default=true";
          return (await ask({ method: "GET", path, reply: fileReply }, until)).data.content;
        },
        async counts(until) {
          return (await ask({ method: "GET", path: "/metrics", reply: metricsReply }, until)).metrics;
        },
        async clients(until) {
          return (await ask({ method: "GET", path: "/clients", reply: clientsReply }, until)).data.length;
        },
        async putBridge(bridge, until) {
          const path = `/bridges/${encodeURIComponent(bridge.name)}`;
          const body = JSON.stringify({ [bridge.name]: bridgeBody(bridge) });
          await ask({ method: "PUT", path, body, reply: done }, until);
        },
        async writeFile(body, until) {
          await ask({ method: "POST", path: "/config_update", body, reply: done }, until);
        },
        async restart(until) {
          const call = { method: "POST", path: "/ctrl/restart", reply: done } as const;
          await ask(call, until).catch((error) => {
            // It may be gone before its answer has left.
            const isGone = error instanceof FaultError && error.fault.code === "gateway.unreachable";
            if (!isGone || error.fault.reason !== "reset") throw error;
          });
        },
      };
    },
  };
}

type Bridge = z.infer<typeof bridgesSchema>["bridge"]["nodes"][number];

/** Its live change drops what is not named. A keep-alive that is a number is passed over (measured), so it is a text. */
function bridgeBody(bridge: Bridge): unknown {
  const topics = (items: Bridge["forwards"]) =>
    items.map(({ local, remote, qos }) => ({ remote_topic: remote, local_topic: local, qos }));
  return {
    name: bridge.name,
    enable: bridge.enable,
    server: bridge.server,
    proto_ver: bridge.protocol,
    clientid: bridge.clientId,
    clean_start: bridge.cleanStart,
    keepalive: `${bridge.keepAliveSeconds}s`,
    ...(bridge.username !== "" && { username: bridge.username }),
    ...(bridge.password !== "" && { password: bridge.password }),
    forwards: topics(bridge.forwards),
    subscription: topics(bridge.subscriptions),
  };
}

/** Many refusals come with 200 and a number. */
function refusedIn(json: unknown, status: number): Refused | undefined {
  const reply = counted.safeParse(json);
  if (!reply.success) return undefined;
  return reply.data.code === 0 && status < 300 ? undefined : { error: reply.data.code, says: "" };
}
