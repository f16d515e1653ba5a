import { request } from "node:http";
import { WebSocket } from "ws";
import type { Pipe } from "#contract/wire.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request with any header one likes, the path sent as it stands: what a browser would tidy up first. */
export function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part) => {
        body += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Follows a host's link as a browser does. */
export async function enter(url: string): Promise<{ port: number; cookie: string }> {
  const link = new URL(url);
  const port = Number(link.port);
  const answer = await ask(port, link.pathname + link.search);
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  return { port, cookie };
}

/** Status the upgrade was answered with; 101 when it was taken. */
export function upgradeStatus(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on("error", () => {});
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("close", () => reject(new Error("closed without an answer")));
  });
}

export function openSocket(port: number, cookie: string): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${port}/pipe`, {
    headers: { cookie, origin: `http://127.0.0.1:${port}` },
  });
}

/** The browser's end of the web pipe. */
export function clientPipe(socket: WebSocket): Pipe {
  return {
    send: (text) => socket.send(text),
    onMessage: (listener) => void socket.on("message", (data) => listener(data.toString())),
    onClose: (listener) => void socket.on("close", () => listener()),
    close: () => socket.close(),
    pendingBytes: () => socket.bufferedAmount,
  };
}
