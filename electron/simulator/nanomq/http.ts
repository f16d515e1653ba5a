import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readHocon } from "#domain/hocon/readHocon.ts";
import type { BrokerRun } from "./broker.ts";
import { shownBridges, shownCalls, shownParts } from "./shown.ts";

/** The process behind the API, which can end and start anew. */
export interface NanomqProcess {
  readonly run: BrokerRun;
  file: string;
  readonly handsOutFile: boolean;
  /** ends the process without an answer, as a syntax error does */
  crash(): void;
  restart(): void;
  stop(): void;
}

/** NanoMQ's own numbers. */
const code = {
  ok: 0,
  rpc: 101,
  unknown: 102,
  badPassword: 103,
  noPassword: 104,
  param: 108,
  notJson: 109,
  pluginClosed: 111,
  subject: 115,
} as const;

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly text?: string;
}

const root = "/api/v4";
const version = "0.25.5-7";

/** The broker's HTTP API as 0.25.5 was measured to answer; `process` is asked anew at every call. */
export function nanomqServer(process: () => NanomqProcess | undefined): Server {
  return createServer((request, response) => {
    answer(process, request, response).catch(() => response.destroy());
  });
}

async function answer(
  processNow: () => NanomqProcess | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const process = processNow();
  // Nobody is there: the listener of a process that ended takes no connection.
  if (!process?.run.conf.http) return void response.destroy();
  const url = new URL(request.url ?? "/", "http://nanomq");
  const refused = refusal(process, request.headers.authorization);
  const path = url.pathname.startsWith(root) ? url.pathname.slice(root.length).replace(/\/$/, "") : undefined;
  const body = Buffer.concat(chunks).toString("utf8");
  if (refused !== undefined) return send(response, { status: 401, body: { code: refused } });
  if (path === undefined) return send(response, failed(404, code.unknown));
  if (request.method === "POST" && path === "/config_update" && !readHocon(body).ok) {
    response.destroy();
    return process.crash();
  }
  const after: (() => void)[] = [];
  const reply = route(process, `${request.method} ${path}`, url.searchParams, body, after);
  response.on("finish", () => {
    for (const step of after) step();
  });
  send(response, reply);
}

function refusal({ run }: NanomqProcess, authorization: string | undefined): number | undefined {
  if (authorization === undefined) return code.noPassword;
  const given = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString("utf8");
  const { user, password } = run.conf.http ?? { user: "", password: "" };
  return given === `${user}:${password}` ? undefined : code.badPassword;
}

function route(
  process: NanomqProcess,
  call: string,
  query: URLSearchParams,
  body: string,
  after: (() => void)[],
): Reply {
  const { run } = process;
  const [, first = "", second, third] = call.split(" ")[1]?.split("/") ?? [];
  const method = call.split(" ")[0] ?? "";
  const at = `${method} ${first}`;
  if (call === "GET ") return done(shownCalls(process.handsOutFile));
  if (method === "GET" && third === undefined) return get(process, first, second, query);
  if (at === "POST config_update") {
    process.file = body;
    return done();
  }
  if (at === "POST ctrl") {
    if (second === "restart") after.push(() => process.restart());
    else if (second === "stop") after.push(() => process.stop());
    else return { status: 404, body: { code: code.rpc } };
    return done();
  }
  const json = parsed(body);
  if (at === "POST reload") {
    // Nonsense is taken without a word (measured).
    const data = record(record(json)?.data) ?? {};
    for (const [key, value] of Object.entries(data))
      if (typeof value === "number" && key in run.conf.hot) run.conf.hot[key] = value;
    return done();
  }
  if (method === "POST" && first === "bridges" && second === "switch" && third !== undefined) {
    const on = record(record(json)?.data)?.bridge_switch;
    if (typeof on !== "boolean" || !run.switchBridge(third, on)) return failed(403, code.subject);
    return done();
  }
  // Documented, and yet not served by this build.
  if (method === "POST" && first === "bridges" && (second === "sub" || second === "unsub"))
    return failed(400, code.param);
  if (method === "PUT" && first === "bridges" && second !== undefined && third === undefined) {
    const fields = record(json);
    if (!fields) return failed(400, code.notJson);
    return run.put(second, record(fields[second]) ?? {}) ? done() : failed(404, code.subject);
  }
  if (method === "POST" && first === "mqtt" && second === "publish") {
    const message = record(json);
    return message ? done(undefined, publish(run, message)) : failed(400, code.notJson);
  }
  if (method === "POST" && first === "mqtt" && second === "publish_batch") {
    if (!Array.isArray(json)) return failed(400, code.notJson);
    const data = json.map((item) => ({ topic: record(item)?.topic, code: publish(run, record(item) ?? {}) }));
    return { status: 200, body: { data, code: code.ok } };
  }
  return failed(404, code.unknown);
}

function get(
  process: NanomqProcess,
  first: string,
  second: string | undefined,
  query: URLSearchParams,
): Reply {
  const { run } = process;
  const uptime = uptimeText(performance.now() - run.startedMs);
  const parts = shownParts(run.conf, run.bridges);
  if (first === "brokers")
    return done([
      {
        datetime: new Date().toISOString().slice(0, 19).replace("T", " "),
        node_status: "Running",
        sysdescr: "NanoMQ Broker",
        uptime,
        version,
      },
    ]);
  if (first === "nodes")
    return done([{ connections: run.clients.length, node_status: "Running", uptime, version }]);
  if (first === "clients")
    return done(
      run.clients
        .filter(({ id }) => second === undefined || id === second)
        .map(({ id, keepalive }) => ({
          client_id: id,
          username: "",
          keepalive,
          conn_state: "connected",
          clean_start: true,
          proto_name: "MQTT",
          proto_ver: 4,
        })),
    );
  if (first === "subscriptions") return done([]);
  if (first === "topic-tree") return done([[{ topic: "", cld_cnt: 0 }], []]);
  if (first === "reload")
    return done({
      ...run.conf.hot,
      allow_anonymous: run.conf.allowAnonymous,
      enable_mqtt_stream: false,
      bridge_mode: run.bridges.length > 0,
    });
  if (first === "bridges") {
    const chosen = run.bridges.filter(({ name }) => second === undefined || name === second);
    return done({ bridge: shownBridges(run.conf, chosen) });
  }
  if (first === "configuration") {
    if (second === undefined) return done(parts);
    return second in parts ? done({ [second]: parts[second] }) : failed(404, code.unknown);
  }
  if (first === "rules") return { status: 200, body: { code: code.pluginClosed } };
  if (first === "metrics") return { status: 200, body: metrics(run) };
  if (first === "prometheus") return { status: 200, body: undefined, text: prometheus(run) };
  if (first === "get_file" && process.handsOutFile && query.get("default") === "true")
    return done({ path: "/etc/nanomq.conf", content: process.file });
  return failed(404, code.unknown);
}

function publish(run: BrokerRun, message: Readonly<Record<string, unknown>>): number {
  const { topic, payload, qos, retain, encoding, clientid } = message;
  if (typeof topic !== "string" || typeof payload !== "string" || typeof clientid !== "string")
    return code.param;
  const bytes = Buffer.from(payload, encoding === "base64" ? "base64" : "utf8");
  run.publish(topic, bytes, qos === 1 || qos === 2 ? qos : 0, retain === true);
  return code.ok;
}

function metrics(run: BrokerRun): unknown {
  const bridges = run.bridges.map(({ name }) => {
    const counts = run.counts(name);
    return {
      "bridge name": name,
      "sent messages": counts.sent,
      "received messages": counts.received,
      "sent bytes": counts.sentBytes,
      "received bytes": counts.receivedBytes,
      "MQTT reconnect times": counts.reconnects,
      "uplink msg dropped": counts.droppedUp,
      "downlink msg dropped": 0,
    };
  });
  return { metrics: bridges, cpuinfo: "0.00%", memory: "5386240", connections: run.clients.length };
}

function prometheus(run: BrokerRun): string {
  const rows = [
    ["connections_count", "gauge", run.clients.length],
    ["messages_received", "counter", run.received],
  ] as const;
  return rows
    .map(
      ([name, type, value]) =>
        `# TYPE nanomq_${name} ${type}\n# HELP nanomq_${name}\nnanomq_${name} ${value}\n`,
    )
    .join("");
}

function uptimeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 3600)} Hours, ${Math.floor(seconds / 60) % 60} minutes, ${seconds % 60} seconds`;
}

function done(data?: unknown, number: number = code.ok): Reply {
  return { status: 200, body: { code: number, ...(data !== undefined && { data }) } };
}

function failed(status: number, number: number): Reply {
  return { status, body: { code: number } };
}

function send(response: ServerResponse, { status, body, text }: Reply): void {
  response.writeHead(status, { "Content-Type": text === undefined ? "application/json" : "text/plain" });
  response.end(text ?? JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
