import type { Pipe } from "#contract/wire.ts";

/** A WebSocket to the host that served this page. Resolves when it is open. */
export function openWebPipe(): Promise<Pipe> {
  const url = new URL("pipe", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = "";
  url.hash = "";
  const socket = new WebSocket(url);
  const early: string[] = [];
  let take = (text: string): void => {
    early.push(text);
  };
  socket.addEventListener("message", (event) => take(String(event.data)));

  const pipe: Pipe = {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    onMessage(listener) {
      take = listener;
      for (const text of early.splice(0)) listener(text);
    },
    onClose(listener) {
      if (socket.readyState >= WebSocket.CLOSING) listener();
      else socket.addEventListener("close", listener, { once: true });
    },
    close: () => socket.close(),
    pendingBytes: () => socket.bufferedAmount,
  };

  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(pipe), { once: true });
    socket.addEventListener("close", () => reject(new Error("the workbench does not answer")), {
      once: true,
    });
  });
}
