import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export const wayFaults = [
  "refused",
  "failed",
  "page",
  "garbage",
  "unheard",
  "unanswered",
  "cutBefore",
  "cutAfter",
  "restart",
] as const;

/**
 * - `refused`: 400 with Neuron's number, nothing done · `failed`: 500 with HTML · `page`: HTML with 200
 * - `garbage`: done, and the answer is torn JSON · `unheard`: never arrives, no answer · `unanswered`: done, no answer
 * - `cutBefore`, `cutAfter`: the connection ends before or after it was done
 * - `restart`: done, then nobody is there for a moment, and the old token is not known any more
 * - a function: called before the request is passed on, which then never is
 */
export type WayFault = (typeof wayFaults)[number] | (() => void);

/** A way to a gateway on which chosen requests go wrong. */
export interface FaultyWay {
  readonly url: string;
  /** what happens to the nth request from now, counted from 0; forgets earlier wishes, waits for a restart's end */
  arm(faults: ReadonlyMap<number, WayFault>): Promise<void>;
  close(): Promise<void>;
}

export async function faultyWay(target: string): Promise<FaultyWay> {
  let faults: ReadonlyMap<number, WayFault> = new Map();
  let seen = 0;
  let forgetful = false;
  let restarting: Promise<unknown> = Promise.resolve();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const listen = (port: number) => {
    server.listen(port, "127.0.0.1");
    return once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = faults.get(seen);
    seen += 1;
    const body = await buffer(incoming);
    if (forgetful && !incoming.url?.endsWith("/login")) {
      forgetful = false;
      outgoing.writeHead(403).end('{"error":1006}');
      return;
    }
    if (typeof fault === "function") return fault();
    if (fault === "refused") return void outgoing.writeHead(400).end('{"error":1003}');
    if (fault === "failed") return void outgoing.writeHead(500).end("<html>Internal Server Error</html>");
    if (fault === "page") return void outgoing.writeHead(200).end("<html>Welcome</html>");
    if (fault === "unheard") return;
    if (fault === "cutBefore") return void outgoing.destroy();
    const { status, text } = await passOn(incoming, body);
    if (fault === "unanswered") return;
    if (fault === "garbage") return void outgoing.writeHead(status).end('{"error');
    if (fault === "cutAfter") return void outgoing.destroy();
    if (fault === "restart") {
      forgetful = true;
      server.close();
      server.closeAllConnections();
      restarting = new Promise((back) => setTimeout(back, 60)).then(() => listen(port));
      return;
    }
    outgoing.writeHead(status).end(text);
  }

  function passOn(incoming: IncomingMessage, body: Buffer): Promise<{ status: number; text: Buffer }> {
    const { authorization } = incoming.headers;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        `${target}${incoming.url}`,
        {
          method: incoming.method ?? "GET",
          headers: {
            "Content-Length": body.length,
            ...(authorization === undefined ? {} : { authorization }),
          },
        },
        async (reply) => resolve({ status: reply.statusCode ?? 0, text: await buffer(reply) }),
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  return {
    url: `http://127.0.0.1:${port}`,
    async arm(wanted) {
      await restarting;
      faults = wanted;
      seen = 0;
      forgetful = false;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
