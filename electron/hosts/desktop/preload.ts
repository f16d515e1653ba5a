import { contextBridge, ipcRenderer } from "electron";
import { pipeChannel } from "./pipeChannel.ts";

/**
 * Hands one port to the main process and its twin to the page, and exposes nothing but that this is the desktop.
 *
 * The page listens for a `message` event of its own window whose data is "lastmile-pipe" and takes `ports[0]`. It is
 * posted once the page's own scripts have run, so a listener added by them in passing is in time.
 */
declare const window: {
  addEventListener(type: "DOMContentLoaded", listener: () => void, options: { once: true }): void;
  postMessage(message: string, origin: string, ports: readonly unknown[]): void;
};
declare const location: { readonly origin: string };

contextBridge.exposeInMainWorld("lastmileDesktop", true);
window.addEventListener(
  "DOMContentLoaded",
  () => {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(pipeChannel, null, [port1 as never]);
    window.postMessage(pipeChannel, location.origin, [port2]);
  },
  { once: true },
);
