import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { onTestFinished } from "vitest";
import type { ServerCertificate } from "#test/support/certificates.ts";
import { listening } from "#test/support/serving.ts";
import { type Answer, token } from "./answering.ts";

const replies: Readonly<Record<string, () => unknown>> = {
  "/api/v2/login": () => ({ token: token(Math.floor(Date.now() / 1000)) }),
  "/api/v2/version": () => ({ version: "2.15.1" }),
  "/api/v2/global/config": () => ({ nodes: [], groups: [], tags: [], subscriptions: [], settings: [] }),
  "/api/v2/node/state": () => ({ states: [] }),
  "/api/v2/plugin": () => ({ plugins: [] }),
};

/** What a Neuron answers on which nothing is configured. */
export function emptyGatewayAnswer(path: string): Answer {
  return path in replies ? { body: replies[path]?.() } : { status: 404, body: "<html>404</html>" };
}

/** Such a gateway with https. Its certificate can be exchanged: then it is another one at the same address. */
export async function securedGateway(certificate: ServerCertificate): Promise<{
  readonly url: string;
  readonly asked: readonly string[];
  exchange(other: ServerCertificate): void;
}> {
  const asked: string[] = [];
  const server = createServer(read(certificate), (request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status = 200, body } = emptyGatewayAnswer(path);
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  const { port, stop } = await listening(server);
  onTestFinished(stop);
  return {
    url: `https://127.0.0.1:${port}`,
    asked,
    exchange: (other) => server.setSecureContext(read(other)),
  };
}

function read({ certFile, keyFile }: ServerCertificate): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}
