import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { systemClock } from "#adapters/clock.ts";
import { serve, type Workbench } from "#contract/server.ts";
import { maxMessageBytes } from "#contract/wire.ts";
import { answerPage, type PageAnswer, pageHeaders, readPageFiles } from "../pageFiles.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { noLinkPage } from "./noLinkPage.ts";
import { socketPipe } from "./socketPipe.ts";

export interface WebHostOptions {
  readonly workbench: Workbench;
  /** the built page: `build/out/page` */
  readonly pageFolder: string;
  /** 0 or absent: any free one */
  readonly port?: number;
  /** a link admits one browser; called with the next one each time one was used */
  readonly onLink?: (url: string) => void;
}

export interface WebHost {
  /** the link that admits the first browser: `http://127.0.0.1:<port>/?key=…` */
  readonly url: string;
  /** ends all conversations; the workbench stays with whoever made it */
  close(): Promise<void>;
}

/**
 * Serves the page and the pipe on 127.0.0.1 alone. A page reaches the pipe by a WebSocket to `pipe`, relative to its
 * own address: `new URL("pipe", location.href)` with `ws:` in place of `http:`.
 *
 * @throws NodeJS.ErrnoException EADDRINUSE when the port is taken
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const files = await readPageFiles(options.pageFolder);
  const server = createServer();
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const admission = createAdmission(port);
  const url = origin + admission.link();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });

  server.on("request", (request, response) => {
    const target = targetOf(request);
    const host = admission.hostOf(request);
    if (host === undefined) return finish(response, empty(421));
    if (request.method !== "GET" && request.method !== "HEAD") return finish(response, empty(405));
    const key = target.searchParams.get("key");
    // Whatever only looks (HEAD: a link checker, a preview) must not use the link up.
    if (request.method === "GET" && target.pathname === "/" && key !== null && admission.spend(key)) {
      finish(response, {
        ...empty(303),
        headers: { ...pageHeaders("'none'"), Location: "/", "Set-Cookie": admission.cookie },
      });
      options.onLink?.(origin + admission.link());
      return;
    }
    if (!admission.admits(request)) return finish(response, noLinkPage());
    // A link that was used before still leads a browser that was let in to the page.
    if (key !== null)
      return finish(response, { ...empty(303), headers: { ...pageHeaders("'none'"), Location: "/" } });
    finish(response, answerPage(files, target.pathname, `'self' ws://${host}`));
  });

  server.on("upgrade", (request, socket, head) => {
    const status = refusalOf(admission, request);
    if (status !== undefined) return refuse(socket, status);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serve(socketPipe(opened, systemClock), options.workbench, systemClock);
    });
  });

  return {
    url,
    async close() {
      for (const client of sockets.clients) client.terminate();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Status to refuse an upgrade with, or undefined. */
function refusalOf(admission: Admission, request: IncomingMessage): number | undefined {
  if (admission.hostOf(request) === undefined) return 421;
  if (!admission.isOwnPage(request)) return 403;
  if (!admission.admits(request)) return 401;
  return targetOf(request).pathname === "/pipe" ? undefined : 404;
}

function targetOf(request: IncomingMessage): URL {
  const text = request.url ?? "/";
  return URL.canParse(text, "http://host") ? new URL(text, "http://host") : new URL("http://host/");
}

function empty(status: number): PageAnswer {
  return { status, headers: pageHeaders("'none'"), body: Buffer.from("") };
}

function finish(response: ServerResponse, answer: PageAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": answer.body.length });
  response.end(response.req.method === "HEAD" ? undefined : answer.body);
}

function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
