import { EventEmitter } from "node:events";
import { app } from "./app.ts";
import type { Chromium } from "./chromium.ts";
import { abandon, decideOpened, prepare, WebContents } from "./webContents.ts";

export interface BrowserWindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly webPreferences?: { readonly preload?: string };
}

const windows = new Set<BrowserWindow>();
let chromium: Chromium;

/** Windows are pages of this Chromium from now on; what a page opens is asked about. */
export async function openWindowsIn(started: Chromium): Promise<void> {
  chromium = started;
  const { cdp } = started;
  cdp.on("Target.attachedToTarget", undefined, ({ sessionId, targetInfo }) => {
    const opener = [...windows].find((window) => targetOf(window) === targetInfo.openerId);
    if (opener !== undefined) decideOpened(opener.webContents, targetInfo);
    void cdp.send("Runtime.runIfWaitingForDebugger", {}, sessionId).catch(() => {});
  });
  cdp.on("Target.targetDestroyed", undefined, ({ targetId }) => {
    for (const window of windows) if (targetOf(window) === targetId) leave(window);
  });
  await cdp.send("Target.setDiscoverTargets", { discover: true });
  const filter = [{ type: "page" }];
  await cdp.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter,
  });
}

let targetOf: (window: BrowserWindow) => string;
let leave: (window: BrowserWindow) => void;

/** A window as a page of headless Chromium: never seen, so shown, hidden and maximized are only remembered. */
export class BrowserWindow extends EventEmitter {
  #contents: WebContents | undefined;
  #targetId = "";
  #maximized = false;
  #destroyed = false;
  readonly #bounds: { x: number; y: number; width: number; height: number };
  readonly #ready: Promise<void>;

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  constructor(options: BrowserWindowOptions = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    windows.add(this);
    const contents = new WebContents(chromium.cdp);
    this.#contents = contents;
    contents.once("did-finish-load", () => this.emit("ready-to-show"));
    app.emit("web-contents-created", {}, contents);
    this.#ready = this.#open(contents, options.webPreferences?.preload);
  }

  get webContents(): WebContents {
    if (this.#contents === undefined) throw new Error("Object has been destroyed");
    return this.#contents;
  }

  async loadURL(url: string): Promise<void> {
    await this.#ready;
    await this.webContents.loadURL(url);
  }

  show(): void {}

  focus(): void {}

  restore(): void {}

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { ...this.#bounds };
  }

  close(): void {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit("close", { preventDefault });
    if (prevented || this.#destroyed) return;
    this.#end();
    void chromium.cdp.send("Target.closeTarget", { targetId: this.#targetId }).catch(() => {});
  }

  async #open(contents: WebContents, preload: string | undefined): Promise<void> {
    const { cdp } = chromium;
    const { targetId } = await cdp.send("Target.createTarget", { url: "about:blank" });
    this.#targetId = targetId;
    const { sessionId } = await cdp.send("Target.attachToTarget", { targetId, flatten: true });
    await prepare(contents, sessionId, this.#bounds, preload);
  }

  #end(): void {
    this.#destroyed = true;
    windows.delete(this);
    if (this.#contents !== undefined) abandon(this.#contents);
    this.emit("closed");
    if (windows.size > 0) return;
    if (app.listenerCount("window-all-closed") > 0) app.emit("window-all-closed");
    else app.quit();
  }

  static {
    targetOf = (window) => window.#targetId;
    leave = (window) => {
      if (window.#destroyed) return;
      window.emit("close", { preventDefault() {} });
      window.#end();
    };
  }
}
