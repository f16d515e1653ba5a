import type { Pipe } from "./wire.ts";

/** What a MessagePort of a page and one of the main process have in common. */
export interface Port {
  post(message: string | number): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * A pipe over a message port. Ports do not tell how much the peer has taken, so each end answers a text with its
 * length, a number; what is unanswered is pending. A peer that never answers is never held back.
 */
export function portPipe(port: Port): Pipe {
  const messageListeners = new Set<(text: string) => void>();
  const closeListeners = new Set<() => void>();
  let early: string[] | undefined = [];
  let sent = 0;
  let taken: number | undefined;
  let open = true;

  function end(): void {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  }

  port.onClose(end);
  port.onMessage((message) => {
    if (typeof message === "number") {
      taken = (taken ?? 0) + message;
    } else if (typeof message === "string") {
      port.post(message.length);
      if (early === undefined) for (const listener of messageListeners) listener(message);
      else early.push(message);
    }
  });

  return {
    send(text) {
      if (!open) return;
      sent += text.length;
      port.post(text);
    },
    onMessage(listener) {
      messageListeners.add(listener);
      const kept = early ?? [];
      early = undefined;
      for (const text of kept) listener(text);
    },
    onClose(listener) {
      if (open) closeListeners.add(listener);
      else listener();
    },
    close() {
      port.close();
      end();
    },
    pendingBytes: () => (taken === undefined ? 0 : sent - taken),
  };
}
