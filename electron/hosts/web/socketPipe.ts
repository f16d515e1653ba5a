import type { RawData, WebSocket } from "ws";
import type { Clock } from "#capabilities/clock.ts";
import type { Pipe } from "#contract/wire.ts";

const askEveryMs = 15_000;

/**
 * A pipe over an accepted WebSocket. A binary frame closes it with 1003; a peer that answers no ping within 15 s is
 * gone, as a laptop whose lid was shut never says so.
 */
export function socketPipe(socket: WebSocket, clock: Pick<Clock, "after">): Pipe {
  let alive = true;
  let cancel = clock.after(askEveryMs, ask);

  function ask(): void {
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
    cancel = clock.after(askEveryMs, ask);
  }

  socket.on("pong", () => {
    alive = true;
  });
  socket.on("close", () => cancel());
  // The close that follows tells; without a listener the error would end the process.
  socket.on("error", () => {});
  return {
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    onMessage(listener) {
      socket.on("message", (data: RawData, isBinary: boolean) => {
        alive = true;
        if (isBinary) socket.close(1003, "text only");
        else listener(data.toString());
      });
    },
    onClose: (listener) => void socket.on("close", () => listener()),
    close: () => socket.close(),
    pendingBytes: () => socket.bufferedAmount,
  };
}
