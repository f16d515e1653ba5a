/**
 * What stands around a preload in the page. Both functions are sent to Chromium as source, so they may use nothing
 * from outside themselves.
 */

/** Runs a preload in its isolated world with what it may require; `binding` names the way to the main process. */
export function runPreload(binding: string, preload: (require: (name: string) => unknown) => void): void {
  if (window !== window.top) return;
  const world = globalThis as unknown as Record<string, unknown>;
  const say = (message: unknown) => (world[binding] as (text: string) => void)(JSON.stringify(message));
  const ports = new Map<number, MessagePort>();

  world.electronDouble = {
    deliver: (id: number, data: unknown) => ports.get(id)?.postMessage(data),
    close: (id: number) => ports.get(id)?.close(),
  };
  const ipcRenderer = {
    postMessage(channel: string, message: unknown, transfer: MessagePort[] = []) {
      const ids = transfer.map((port) => {
        const id = ports.size + 1;
        ports.set(id, port);
        return id;
      });
      say({ kind: "post", channel, message, ports: ids });
      for (const id of ids) {
        const port = ports.get(id) as MessagePort;
        port.addEventListener("message", (event) => say({ kind: "port", id, data: event.data }));
        port.addEventListener("close", () => say({ kind: "closed", id }));
        port.start();
      }
    },
  };
  const contextBridge = {
    exposeInMainWorld(name: string, value: unknown) {
      // Worlds share the document and its events, and nothing else.
      const detail = JSON.stringify({ name, value });
      window.dispatchEvent(new CustomEvent("electron-double-expose", { detail }));
    },
  };
  preload((name) => {
    if (name !== "electron") throw new Error(`a sandboxed preload cannot require ${name}`);
    return { ipcRenderer, contextBridge };
  });
}

/** Runs in the page's own world, before its scripts: puts there what the preload exposes. */
export function takeExposed(): void {
  window.addEventListener("electron-double-expose", (event) => {
    const { name, value } = JSON.parse((event as CustomEvent<string>).detail);
    Object.defineProperty(window, name, { value, enumerable: true, configurable: false, writable: false });
  });
}
