import type { Page } from "@playwright/test";
import type { Pipe } from "#contract/wire.ts";
import type {} from "./talkingPage.ts";

const binding = "relayTold";
const listeners = new WeakMap<Page, (texts: readonly string[]) => void>();

/** The pipe of a page that runs talkingPage.ts, fresh: the page is loaded again first. */
export async function openRelayedPipe(page: Page): Promise<Pipe> {
  const messageListeners: ((text: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let unsent: string[] = [];

  if (!listeners.has(page)) {
    await page.exposeFunction(binding, (texts: readonly string[]) => listeners.get(page)?.(texts));
  }
  const early: string[] = [];
  listeners.set(page, (texts) => {
    if (messageListeners.length === 0) early.push(...texts);
    for (const text of texts) for (const listener of messageListeners) listener(text);
  });
  await page.reload();
  await page.evaluate(async (name) => {
    await window.relay.open;
    window.relay.told = (window as unknown as Record<string, Window["relay"]["told"]>)[name] as never;
    window.relay.say([]);
  }, binding);

  return {
    send(text) {
      unsent.push(text);
      queueMicrotask(() => {
        const texts = unsent;
        unsent = [];
        if (texts.length > 0) void page.evaluate((all) => window.relay.say(all), texts).catch(() => {});
      });
    },
    onMessage(listener) {
      messageListeners.push(listener);
      for (const text of early.splice(0)) listener(text);
    },
    onClose: (listener) => void closeListeners.push(listener),
    close() {
      void page.evaluate(() => window.relay.close()).catch(() => {});
      for (const listener of closeListeners) listener();
    },
    pendingBytes: () => 0,
  };
}
