import { portPipe } from "#contract/portPipe.ts";
import type { Pipe } from "#contract/wire.ts";

let waiting: Promise<MessagePort> | undefined;

/**
 * Starts waiting for the port that the preload hands over once. Call it before the page does anything else: the
 * message may come as soon as the page runs.
 */
export function awaitDesktopPort(): Promise<MessagePort> {
  waiting ??= new Promise((resolve) => {
    addEventListener("message", function take(event: MessageEvent) {
      const port = event.ports[0];
      // Only the preload speaks from within this very window; a frame or opener must not hand us a port.
      if (event.data !== "lastmile-pipe" || event.source !== window || !port) return;
      removeEventListener("message", take);
      resolve(port);
    });
  });
  return waiting;
}

let used = false;

/** The pipe to the main process. It comes once in a page's life: after it has closed, the page must be reloaded. */
export async function openDesktopPipe(): Promise<Pipe> {
  if (used) return new Promise(() => {});
  const port = await awaitDesktopPort();
  used = true;
  return portPipe({
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.addEventListener("close", () => listener()),
    close: () => port.close(),
  });
}
