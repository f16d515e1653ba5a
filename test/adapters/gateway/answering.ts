import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Answer {
  readonly status?: number;
  /** an object is sent as JSON, text as it is; undefined never answers */
  readonly body: unknown;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** An HTTP server that answers as told, call by call, and remembers what it was asked. */
export async function answering(
  answer: (asked: Asked, before: readonly Asked[]) => Answer,
): Promise<{ url: string; asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const call = {
      method: request.method ?? "",
      path: request.url ?? "",
      token: request.headers.authorization?.slice("Bearer ".length),
      body: await text(request),
    };
    const { status = 200, body } = answer(call, asked);
    asked.push(call);
    if (body === undefined) return;
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A token as Neuron makes them; times in seconds. */
export function token(issuedAt: number, lifeSeconds = 3600): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "neuron", aud: "neuron", iat: issuedAt, exp: issuedAt + lifeSeconds, bodyEncode: 0 };
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmVk`;
}

export const notFoundPage = "<html><head><title>404 Not Found</title></head><body>404</body></html>";
