import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type EkuiperStore, Refused, type StoredRule } from "./store.ts";

interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
}

/** What eKuiper fills into the options of a rule that it shows. */
const usualOptions = {
  debug: false,
  logFilename: "",
  isEventTime: false,
  lateTolerance: "1s",
  concurrency: 1,
  bufferLength: 1024,
  sendMetaToSink: false,
  sendError: false,
  qos: 0,
  checkpointInterval: "5m0s",
  restartStrategy: { attempts: 0, delay: "1s", multiplier: 2, maxDelay: "30s", jitterFactor: 0.1 },
};

export function ekuiperServer(store: EkuiperStore, isRunning: () => boolean): Server {
  const startedMs = performance.now();
  return createServer((request, response) => {
    answer(store, isRunning, startedMs, request, response).catch(() => response.destroy());
  });
}

async function answer(
  store: EkuiperStore,
  isRunning: () => boolean,
  startedMs: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!isRunning()) return void response.destroy();
  const body = Buffer.concat(chunks).toString("utf8");
  const url = new URL(request.url ?? "/", "http://ekuiper");
  const path = url.pathname.split("/").slice(1).map(decodeURIComponent);
  let reply: Reply;
  try {
    reply = route(store, request.method ?? "", path, url.searchParams, body, startedMs);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    reply = { status: error.status, json: { error: error.number, message: error.message } };
  }
  const isText = reply.text !== undefined;
  response.writeHead(reply.status, {
    "Content-Type": isText ? "text/plain; charset=utf-8" : "application/json",
  });
  response.end(isText ? reply.text : `${JSON.stringify(reply.json)}\n`);
}

function route(
  store: EkuiperStore,
  method: string,
  [first = "", second, third]: readonly string[],
  query: URLSearchParams,
  body: string,
  startedMs: number,
): Reply {
  const call = `${method} ${first}`;
  if (call === "GET " && second === undefined)
    return json({
      version: "2.4.0-beta.10",
      os: "linux",
      arch: "amd64",
      upTimeSeconds: Math.floor((performance.now() - startedMs) / 1000),
    });
  if (call === "GET ping") return said("");
  if (first === "streams" || first === "tables") return streamCall(store, method, first, second, body);
  if (first === "rules" && second === "validate" && method === "POST") return validate(body);
  if (first === "rules") return ruleCall(store, method, second, third, body);
  if (call === "POST ruleset" && second === "export") return json(exported(store));
  if (call === "POST ruleset" && second === "import") {
    take(store, content(body));
    return said("");
  }
  if (call === "GET data" && second === "export") return json(exported(store));
  if (call === "POST data" && second === "import") {
    // Everything goes first, unless it is told that this is only a part.
    if (query.get("partial") !== "1")
      for (const kind of ["streams", "tables", "rules"] as const) store[kind].clear();
    take(store, content(body));
    return json({ ErrorMsg: "" });
  }
  return { status: 404, text: "404 page not found\n" };
}

function streamCall(
  store: EkuiperStore,
  method: string,
  kind: "streams" | "tables",
  name: string | undefined,
  body: string,
): Reply {
  const word = kind === "tables" ? "Table" : "Stream";
  if (name === undefined && method === "GET") return json([...store[kind].keys()]);
  if (name === undefined && method === "POST")
    return said(`${word} ${store.addStream(sqlIn(body))} is created.`, 201);
  if (name === undefined) return { status: 405, text: "" };
  if (method === "GET") {
    if (!store[kind].has(name)) throw new Refused(404, 1002, `describe ${kind} error: ${name} is not found.`);
    return json({ Name: name, Options: {}, Statement: store[kind].get(name) });
  }
  if (method === "PUT") {
    store.replaceStream(name, sqlIn(body));
    return said(`${word} ${name} is replaced.`);
  }
  store.dropStream(kind, name);
  return said(`${word} ${name} is dropped.`);
}

function ruleCall(
  store: EkuiperStore,
  method: string,
  id: string | undefined,
  order: string | undefined,
  body: string,
): Reply {
  if (id === undefined && method === "GET")
    return json([...store.rules.values()].map((rule) => ({ id: rule.id, name: "", status: statusOf(rule) })));
  if (id === undefined)
    return said(`Rule ${store.putRule(body, undefined, false).id} was created successfully.`, 201);
  if (method === "PUT") return said(`Rule ${store.putRule(body, id, true).id} was updated successfully.`);
  if (method === "DELETE") {
    store.dropRule(id);
    return said(`Rule ${id} is dropped.`);
  }
  const rule = store.rule(id);
  if (method === "GET" && order === undefined)
    return json({ ...rule.body, options: { ...usualOptions, ...(rule.body.options as object) } });
  if (method === "GET" && order === "status") return json(fullStatus(rule));
  if (method === "POST" && order === "stop") {
    store.stop(rule);
    return said(`Rule ${id} was stopped.`);
  }
  if (method === "POST" && (order === "start" || order === "restart")) {
    store.start(rule);
    return said(`Rule ${id} was ${order}ed`);
  }
  return { status: 404, text: "404 page not found\n" };
}

function statusOf(rule: StoredRule): string {
  if (rule.runs) return "running";
  return rule.error === "" ? "stopped: canceled manually." : `stopped by error: ${rule.error}`;
}

function fullStatus(rule: StoredRule): unknown {
  return {
    status: rule.runs ? "running" : rule.error === "" ? "stopped" : "stopped by error",
    message: rule.error,
    lastStartTimestamp: rule.startedMs,
    lastStopTimestamp: 0,
    nextStartTimestamp: 0,
  };
}

function validate(body: string): Reply {
  const sql = (JSON.parse(body) as { sql?: unknown }).sql;
  if (typeof sql === "string" && /^\s*SELECT\s/i.test(sql)) return json({ sources: [], valid: true });
  throw new Refused(422, 2001, "Invalid rule: Parse SQL error: expected SELECT.");
}

/** Rules as JSON inside of JSON, exactly as they were given. */
function exported(store: EkuiperStore): unknown {
  return {
    streams: Object.fromEntries(store.streams),
    tables: Object.fromEntries(store.tables),
    rules: Object.fromEntries([...store.rules].map(([id, { body }]) => [id, JSON.stringify(body)])),
  };
}

/** What is there already stays as it is, without a word. */
function take(store: EkuiperStore, document: unknown): void {
  const { streams, tables, rules } = document as Record<
    "streams" | "tables" | "rules",
    Record<string, string> | undefined
  >;
  for (const [name, sql] of Object.entries({ ...streams, ...tables }))
    if (!store.streams.has(name) && !store.tables.has(name)) store.addStream(sql);
  for (const [id, text] of Object.entries(rules ?? {}))
    if (!store.rules.has(id)) store.putRule(text, id, false);
}

function content(body: string): unknown {
  try {
    return JSON.parse((JSON.parse(body) as { content: string }).content);
  } catch {
    throw new Refused(400, 1000, "Invalid body: Error decoding the ruleset.");
  }
}

function sqlIn(body: string): string {
  try {
    return String((JSON.parse(body) as { sql: unknown }).sql);
  } catch {
    throw new Refused(400, 1000, "Invalid body: Error decoding the statement descriptor.");
  }
}

function json(value: unknown): Reply {
  return { status: 200, json: value };
}

function said(text: string, status = 200): Reply {
  return { status, text };
}
