import { awaitDesktopPort, openDesktopPipe } from "#renderer/pipe/desktopPipe.ts";

/** A page that passes its pipe on to a test: `say` what the test sends, `told` (a binding) what arrived. */
interface Relay {
  open: Promise<void>;
  told?: (texts: readonly string[]) => void;
  say(texts: readonly string[]): void;
  close(): void;
}

declare global {
  interface Window {
    relay: Relay;
  }
}

void awaitDesktopPort();
const pipe = openDesktopPipe();
let waiting: string[] = [];

function pass(): void {
  if (window.relay.told === undefined || waiting.length === 0) return;
  window.relay.told(waiting);
  waiting = [];
}

window.relay = {
  open: pipe.then((opened) => {
    opened.onMessage((text) => {
      waiting.push(text);
      queueMicrotask(pass);
    });
  }),
  say(texts) {
    void pipe
      .then((opened) => {
        for (const text of texts) opened.send(text);
      })
      .then(pass);
  },
  close: () => void pipe.then((opened) => opened.close()),
};
