import { once } from "node:events";
import { WebSocket } from "ws";

type Params = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: the protocol's answers are as Chromium's documentation has them.
export type Answer = any;

/** One conversation with Chromium in its DevTools protocol; a session is one page within it. */
export interface Cdp {
  send(method: string, params?: Params, sessionId?: string): Promise<Answer>;
  /** @param sessionId the page whose events are meant; undefined: the browser's own */
  on(method: string, sessionId: string | undefined, listener: (params: Answer) => void): void;
  close(): void;
}

export async function openCdp(endpoint: string): Promise<Cdp> {
  const socket = new WebSocket(endpoint, { maxPayload: 256 * 1024 * 1024, perMessageDeflate: false });
  await once(socket, "open");
  const pending = new Map<
    number,
    { resolve(value: Answer): void; reject(error: Error): void; method: string }
  >();
  const listeners = new Map<string, Set<(params: Answer) => void>>();
  let last = 0;

  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.id === undefined) {
      const heard = listeners.get(`${message.sessionId ?? ""} ${message.method}`);
      for (const listener of heard ?? []) listener(message.params);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(`${call.method}: ${message.error.message}`));
  });
  socket.on("close", () => {
    for (const call of pending.values()) call.reject(new Error(`${call.method}: Chromium is gone`));
    pending.clear();
  });

  return {
    send(method, params = {}, sessionId) {
      last += 1;
      const id = last;
      const answer = new Promise<Answer>((resolve, reject) => pending.set(id, { resolve, reject, method }));
      socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
      return answer;
    },
    on(method, sessionId, listener) {
      const name = `${sessionId ?? ""} ${method}`;
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
    },
    close: () => socket.close(),
  };
}
