import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Call, Core, Handlers, PlainReply } from "./calls/call.ts";
import { configCalls } from "./calls/config.ts";
import { groupCalls } from "./calls/group.ts";
import { metricCalls } from "./calls/metrics.ts";
import { nodeCalls } from "./calls/node.ts";
import { partCalls } from "./calls/parts.ts";
import { readCalls } from "./calls/read.ts";
import { sessionCalls } from "./calls/session.ts";
import { subscriptionCalls } from "./calls/subscription.ts";
import { tagCalls } from "./calls/tag.ts";
import { writeCalls } from "./calls/write.ts";
import { type Json, type JsonObject, parseJson, printJson } from "./json.ts";
import { error, Refusal, statusOf } from "./refusal.ts";

const handlers: Handlers = {
  ...sessionCalls,
  ...nodeCalls,
  ...groupCalls,
  ...tagCalls,
  ...subscriptionCalls,
  ...readCalls,
  ...writeCalls,
  ...configCalls,
  ...partCalls,
  ...metricCalls,
};
const open = new Set(["POST ping", "POST login"]);
const base = "/api/v2/";
const methods = ["GET", "POST", "PUT", "DELETE"];
// Known to the gateway, yet without any method but OPTIONS.
const stubs = new Set(["tty"]);

/** The gateway's HTTP face under `/api/v2`: JSON for its own calls, HTML pages for unknown ones. */
export function gatewayServer(core: Core): Server {
  return createServer((request, response) => {
    // A client that hangs up in the middle of its request gets no answer.
    answer(core, request, response).catch(() => response.destroy());
  });
}

async function answer(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://gateway");
  const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length).replace(/\/$/, "") : "";
  const route = `${request.method} ${path}`;
  const known = stubs.has(path) || methods.some((method) => handlers[`${method} ${path}`] !== undefined);
  const text = await bodyText(request);
  response.setHeader("Access-Control-Allow-Origin", "*");
  if (known && request.method === "OPTIONS") {
    response.setHeader("Access-Control-Allow-Methods", "POST,GET,PUT,DELETE,OPTIONS");
    response.setHeader("Access-Control-Allow-Headers", "*");
    return send(response, 200, "text/html", " ");
  }
  const handler = handlers[route];
  if (!known) return sendPage(response, 404, "Not Found");
  if (handler === undefined) return sendPage(response, 405, "Method Not Allowed");
  try {
    const refused = open.has(route) ? 0 : core.tokens.check(request.headers.authorization);
    if (refused !== 0) throw new Refusal(refused);
    const call: Call = { body: parseJson(text), query: url.searchParams };
    const reply = await handler(core, call);
    if (isPlain(reply)) send(response, 200, reply.contentType, reply.text);
    else send(response, 200, "application/json", printJson(reply));
  } catch (problem) {
    const refusal = problem instanceof Refusal ? problem : new Refusal(error.internal);
    send(response, statusOf(refusal.number), "application/json", printJson(refusalBody(refusal)));
  }
}

function refusalBody({ number, index, listed }: Refusal): JsonObject {
  if (index === undefined) return { error: number };
  return { index, error: number, results: listed ? [{ index, error: number }] : undefined };
}

function isPlain(reply: Json | PlainReply): reply is PlainReply {
  return typeof reply === "object" && reply !== null && "contentType" in reply && "text" in reply;
}

async function bodyText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, contentType: string, text: string): void {
  response.writeHead(status, { "Content-Type": contentType });
  response.end(text);
}

function sendPage(response: ServerResponse, status: number, title: string): void {
  const page = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><h1>${status}</h1><h2>${title}</h2></body></html>`;
  send(response, status, "text/html", page);
}
