import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBroker } from "#simulator/broker.ts";
import { openNanomq, type VirtualNanomq } from "#simulator/nanomq/nanomq.ts";
import { bridgedFile } from "../support/nanomqFile.ts";
import { until } from "../support/until.ts";

/** What NanoMQ 0.25.5 answered, in the order in which it was asked. `broker` stands for the far broker's port. */
const noTls = {
  enable: false,
  url: null,
  key_password: null,
  key: null,
  cert: null,
  cacert: null,
  verify_peer: false,
  fail_if_no_peer_cert: false,
};
const cache = {
  enable: true,
  disk_cache_size: 10240,
  flush_mem_threshold: 4,
  resend_interval: 500,
  mounted_file_path: "/opt/site",
};
const bridge = (clientid: string, keepalive: number, enable = true) => ({
  name: "cloud",
  enable,
  parallel: 2,
  connector: {
    server: "mqtt-tcp://127.0.0.1:BROKER",
    proto_ver: 4,
    clientid,
    clean_start: false,
    username: null,
    password: null,
    keepalive,
  },
  forwards: [{ remote_topic: "", local_topic: "edge42/#", qos: 1 }],
  subscription: [{ remote_topic: "cmd/site42/#", local_topic: "", qos: 1 }],
  tls: noTls,
});
const bridges = (...nodes: object[]) => ({ code: 0, data: { bridge: { nodes, sqlite: cache } } });
const first = bridge("bridge_site42", 15);
const hot = {
  property_size: 32,
  max_packet_size: 1024,
  client_max_packet_size: 1024,
  msq_len: 2048,
  qos_duration: 10,
  keepalive_backoff: 1.25,
  allow_anonymous: true,
  enable_mqtt_stream: false,
  bridge_mode: true,
};
const basic = {
  url: "nmq-tcp://127.0.0.1:1885",
  num_taskq_thread: 4,
  max_taskq_thread: 4,
  parallel: 4,
  property_size: 32,
  daemon: false,
  max_packet_size: 1024,
  client_max_packet_size: 1024,
  msq_len: 2048,
  qos_duration: 10,
  keepalive_backoff: 1.25,
  allow_anonymous: true,
  ipc_internal: true,
};
const httpServer = {
  enable: true,
  port: 8081,
  addr: "127.0.0.1",
  username: "admin",
  password: "public",
  auth_type: "basic",
};
const sqlite = {
  enable: false,
  disk_cache_size: 102400,
  flush_mem_threshold: 100,
  resend_interval: 0,
  mounted_file_path: null,
};
const changed = {
  cloud: {
    name: "cloud",
    enable: true,
    parallel: 2,
    server: "mqtt-tcp://127.0.0.1:BROKER",
    proto_ver: 4,
    clientid: "bridge_site42b",
    clean_start: false,
    keepalive: 20,
    forwards: [{ remote_topic: "", local_topic: "edge42/#", qos: 1 }],
    subscription: [{ remote_topic: "cmd/site42/#", local_topic: "", qos: 1 }],
  },
};
const extra = { data: { subscription: [{ remote_topic: "cmd/extra/#", local_topic: "", qos: 1 }] } };
const message = { topic: "edge42/http", qos: 1, retain: false, payload: "hello", clientid: "lastmile" };
const many = [
  { topic: "edge42/b1", qos: 0, payload: "1", clientid: "lastmile" },
  { topic: "edge42/b2", qos: 1, payload: "2", clientid: "lastmile" },
];

type Row = readonly [step: string, call: string, body: unknown, status: number, answer: unknown];
const exchanges: readonly Row[] = [
  ["another page", "GET /nope", undefined, 404, { code: 102 }],
  [
    "the broker",
    "GET /brokers",
    undefined,
    200,
    { code: 0, data: [{ node_status: "Running", version: "0.25.5-7" }] },
  ],
  [
    "its nodes",
    "GET /nodes",
    undefined,
    200,
    { code: 0, data: [{ connections: 0, node_status: "Running" }] },
  ],
  ["no clients", "GET /clients", undefined, 200, { code: 0, data: [] }],
  ["no subscriptions", "GET /subscriptions", undefined, 200, { code: 0, data: [] }],
  ["the topic tree", "GET /topic-tree", undefined, 200, { code: 0, data: [[{ topic: "", cld_cnt: 0 }], []] }],
  ["what can be changed live", "GET /reload", undefined, 200, { code: 0, data: hot }],
  ["all bridges", "GET /bridges/", undefined, 200, bridges(first)],
  ["one bridge", "GET /bridges/cloud", undefined, 200, bridges(first)],
  ["an unknown bridge is no error", "GET /bridges/nope", undefined, 200, bridges()],
  ["basic settings", "GET /configuration/basic", undefined, 200, { code: 0, data: { basic } }],
  [
    "the API's password in clear",
    "GET /configuration/http_server",
    undefined,
    200,
    { code: 0, data: { http_server: httpServer } },
  ],
  ["storage", "GET /configuration/sqlite", undefined, 200, { code: 0, data: { sqlite } }],
  ["bridges as configuration", "GET /configuration/bridge", undefined, 200, bridges(first)],
  ["users", "GET /configuration/auth", undefined, 200, { code: 0, data: { auth: [] } }],
  [
    "everything",
    "GET /configuration/",
    undefined,
    200,
    { code: 0, data: { basic, tls: noTls, auth: [], http_server: httpServer } },
  ],
  ["no rule engine in this build", "GET /rules/", undefined, 200, { code: 111 }],
  ["no file is handed out", "GET /get_file?default=true", undefined, 404, { code: 102 }],
  ["a message", "POST /mqtt/publish", message, 200, { code: 0 }],
  ["a message without a topic", "POST /mqtt/publish", { qos: 1, payload: "x" }, 200, { code: 108 }],
  ["no JSON", "POST /mqtt/publish", "nope", 400, { code: 109 }],
  [
    "messages",
    "POST /mqtt/publish_batch",
    many,
    200,
    {
      data: [
        { topic: "edge42/b1", code: 0 },
        { topic: "edge42/b2", code: 0 },
      ],
      code: 0,
    },
  ],
  [
    "live settings",
    "POST /reload",
    { data: { property_size: 64, keepalive_backoff: 1.5 } },
    200,
    { code: 0 },
  ],
  [
    "live settings are taken",
    "GET /reload",
    undefined,
    200,
    { code: 0, data: { ...hot, property_size: 64, keepalive_backoff: 1.5 } },
  ],
  ["nonsense is taken too", "POST /reload", { data: { property_size: "x" } }, 200, { code: 0 }],
  ["and nothing at all", "POST /reload", {}, 200, { code: 0 }],
  ["switched off", "POST /bridges/switch/cloud", { data: { bridge_switch: false } }, 200, { code: 0 }],
  ["is off", "GET /bridges/cloud", undefined, 200, bridges(bridge("bridge_site42", 15, false))],
  ["switched on", "POST /bridges/switch/cloud", { data: { bridge_switch: true } }, 200, { code: 0 }],
  ["documented, not served", "POST /bridges/sub/cloud", extra, 400, { code: 108 }],
  ["nor that way", "PUT /bridges/sub/cloud", extra, 404, { code: 102 }],
  ["unchanged by both", "GET /bridges/cloud", undefined, 200, bridges(first)],
  ["a bridge changed live", "PUT /bridges/cloud", changed, 200, { code: 0 }],
  [
    "the client id is taken, a keep-alive as a number is not",
    "GET /bridges/cloud",
    undefined,
    200,
    bridges(bridge("bridge_site42b", 15)),
  ],
  [
    "a bridge that is not there",
    "PUT /bridges/nope",
    { nope: { name: "nope", enable: true } },
    404,
    { code: 115 },
  ],
  ["a new file", "POST /config_update", "FILE 25s", 200, { code: 0 }],
  ["a restart", "POST /ctrl/restart", undefined, 200, { code: 0 }],
  ["the file counts", "GET /bridges/cloud", undefined, 200, bridges(bridge("bridge_site42", 25))],
  ["another order", "POST /ctrl/dance", undefined, 404, { code: 101 }],
];

describe("the virtual NanoMQ answers as 0.25.5 was recorded", () => {
  let nanomq: VirtualNanomq;
  let far: Awaited<ReturnType<typeof openBroker>>;

  beforeAll(async () => {
    far = await openBroker("127.0.0.1", 0);
    nanomq = await openNanomq({ host: "127.0.0.1", port: 0, file: bridgedFile(far.port, "15s") });
  });
  afterAll(async () => {
    await nanomq.close();
    await far.close();
  });

  async function ask(call: string, body?: unknown, authorization = "Basic YWRtaW46cHVibGlj") {
    const [method = "", path = ""] = call.split(" ");
    const text =
      typeof body === "string"
        ? body.replace(/^FILE (\w+)$/, (_, keepalive) => bridgedFile(far.port, keepalive))
        : body === undefined
          ? undefined
          : JSON.stringify(body).replaceAll("BROKER", String(far.port));
    const reply = await fetch(`http://127.0.0.1:${nanomq.port}/api/v4${path}`, {
      method,
      headers: authorization === "" ? {} : { Authorization: authorization },
      ...(text !== undefined && { body: text }),
    });
    return {
      status: reply.status,
      body: JSON.parse((await reply.text()).replaceAll(`:${far.port}`, ":BROKER")),
    };
  }

  test.each(exchanges)("%s: %s", async (_step, call, body, status, answer) => {
    let got = await ask(call, body).catch(() => undefined);
    // A restart takes a moment; nothing else is asked twice.
    await until(async () => {
      got ??= await ask(call, body).catch(() => undefined);
      return got !== undefined;
    }, "an answer");

    expect(got?.status).toBe(status);
    expect(got?.body).toMatchObject(answer as object);
  });

  test("without a password it answers 104, with a wrong one 103", async () => {
    expect(await ask("GET /brokers", undefined, "")).toEqual({ status: 401, body: { code: 104 } });
    expect(await ask("GET /brokers", undefined, "Basic YWRtaW46bm9wZQ==")).toEqual({
      status: 401,
      body: { code: 103 },
    });
  });

  test("its bridge passes messages up and counts its connections", async () => {
    const counts = async () => (await ask("GET /metrics")).body.metrics[0] as Record<string, number>;
    await until(async () => (await counts())["MQTT reconnect times"] !== 0, "the bridge's connection");

    expect(await counts()).toMatchObject({ "bridge name": "cloud", "uplink msg dropped": 0 });
  });

  test("a syntax error in a new file ends the process without an answer, and its file stays", async () => {
    const before = nanomq.file;

    await expect(ask("POST /config_update", "this is not { hocon")).rejects.toThrow();

    expect(nanomq.isRunning).toBe(false);
    expect(nanomq.file).toBe(before);
    await expect(ask("GET /brokers")).rejects.toThrow();
    await nanomq.start();
    expect((await ask("GET /bridges/cloud")).body).toMatchObject(bridges(bridge("bridge_site42", 25)));
  });
});
