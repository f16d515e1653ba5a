import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { Answer, Cdp } from "./cdp.ts";
import { ipcMain } from "./ipcMain.ts";
import { arrive, closePort, MessagePortMain } from "./ports.ts";
import { runPreload, takeExposed } from "./preloadWorld.ts";
import { decide, toApp, toReal } from "./session.ts";

const world = "electron-preload";
const binding = "electronDoubleSay";

type OpenHandler = (details: { url: string }) => { action: "allow" | "deny" };

type Size = { readonly width: number; readonly height: number };

/** Makes a page ready to load something: worlds, bindings, interception. */
export let prepare: (
  contents: WebContents,
  sessionId: string,
  size: Size,
  preload: string | undefined,
) => Promise<void>;
/** Asks a page's handler about a window that it opened; a denied one is closed, an allowed one is on its own. */
export let decideOpened: (contents: WebContents, target: Answer) => void;
/** Closes a page's ports when its target is gone. */
export let abandon: (contents: WebContents) => void;

/** A page of a window: one target of Chromium, the preload in a world of its own. */
export class WebContents extends EventEmitter {
  readonly #cdp: Cdp;
  #sessionId = "";
  /** `<context id> <port id>` */
  readonly #ports = new Map<string, MessagePortMain>();
  #openHandler: OpenHandler = () => ({ action: "allow" });
  #url = "about:blank";
  #loading = false;

  constructor(cdp: Cdp) {
    super();
    this.#cdp = cdp;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.#url;
  }

  reload(): void {
    void this.#send("Page.reload");
  }

  async loadURL(url: string): Promise<void> {
    this.#loading = true;
    const loaded = new Promise<void>((resolve) => this.once("did-finish-load", () => resolve()));
    const { errorText } = await this.#send("Page.navigate", { url: toReal(url) });
    if (errorText !== undefined) throw new Error(`${errorText} loading ${url}`);
    await loaded;
  }

  async printToPDF(options: { preferCSSPageSize?: boolean; printBackground?: boolean }): Promise<Buffer> {
    const { data } = await this.#send("Page.printToPDF", options);
    return Buffer.from(data, "base64");
  }

  #send(method: string, params = {}): Promise<Answer> {
    return this.#cdp.send(method, params, this.#sessionId);
  }

  #on(method: string, listener: (params: Answer) => void): void {
    this.#cdp.on(method, this.#sessionId, listener);
  }

  async #prepare(sessionId: string, size: Size, preload: string | undefined): Promise<void> {
    this.#sessionId = sessionId;
    this.#on("Page.loadEventFired", () => {
      if (this.#url !== "about:blank") this.emit("did-finish-load");
    });
    this.#on("Page.frameNavigated", ({ frame }) => {
      if (frame.parentId === undefined) this.#url = toApp(frame.url);
    });
    this.#on("Inspector.targetCrashed", () => {
      this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
    });
    this.#on("Runtime.bindingCalled", (called) =>
      this.#hear(called.executionContextId, JSON.parse(called.payload)),
    );
    this.#on("Runtime.executionContextDestroyed", ({ executionContextId }) =>
      this.#forget(executionContextId),
    );
    this.#on("Runtime.executionContextsCleared", () => this.#forget());
    this.#on("Fetch.requestPaused", (paused) => void this.#answer(paused).catch(() => {}));
    await this.#send("Page.enable");
    await this.#send("Inspector.enable");
    await this.#send("Runtime.enable");
    await this.#send("Runtime.addBinding", { name: binding, executionContextName: world });
    await this.#send("Page.addScriptToEvaluateOnNewDocument", { source: `(${takeExposed})()` });
    if (preload !== undefined) {
      const code = `(require) => {${readFileSync(preload, "utf8")}\n}`;
      const source = `(${runPreload})(${JSON.stringify(binding)}, ${code})`;
      await this.#send("Page.addScriptToEvaluateOnNewDocument", { source, worldName: world });
    }
    await this.#send("Fetch.enable", { patterns: [{ urlPattern: "*" }] });
    await this.#send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    const { width, height } = size;
    await this.#send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  #hear(context: number, message: Answer): void {
    const key = `${context} ${message.id}`;
    if (message.kind === "port") {
      const port = this.#ports.get(key);
      if (port !== undefined) arrive(port, message.data);
    } else if (message.kind === "closed") {
      const port = this.#ports.get(key);
      if (port !== undefined) closePort(port);
    } else {
      const ports = message.ports.map((id: number) => this.#makePort(context, id));
      ipcMain.emit(
        message.channel,
        { ports, sender: this, senderFrame: { url: this.#url, parent: null } },
        message.message,
      );
    }
  }

  #makePort(context: number, id: number): MessagePortMain {
    const evaluate = (call: string) => {
      // A page that is just leaving no longer takes anything; its ports are about to close.
      this.#send("Runtime.evaluate", { contextId: context, expression: `electronDouble.${call}` }).catch(
        () => {},
      );
    };
    const port = new MessagePortMain(
      (data) => evaluate(`deliver(${id}, ${JSON.stringify(data)})`),
      () => evaluate(`close(${id})`),
    );
    this.#ports.set(`${context} ${id}`, port);
    return port;
  }

  #forget(context?: number): void {
    for (const [key, port] of this.#ports) {
      if (context !== undefined && !key.startsWith(`${context} `)) continue;
      this.#ports.delete(key);
      closePort(port);
    }
  }

  async #answer(paused: Answer): Promise<void> {
    const { requestId, request, resourceType } = paused;
    const url = toApp(request.url);
    const fail = (errorReason: string) => this.#send("Fetch.failRequest", { requestId, errorReason });
    if (resourceType === "Document") {
      const ours = this.#loading;
      this.#loading = false;
      if (!ours && !this.#mayNavigate(url)) return fail("Aborted");
    }
    const decided = await decide(url, request.method);
    if (decided === "cancel") return fail("BlockedByClient");
    if (decided === "continue") return this.#send("Fetch.continueRequest", { requestId });
    await this.#send("Fetch.fulfillRequest", {
      requestId,
      responseCode: decided.status,
      responseHeaders: [...decided.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await decided.arrayBuffer()).toString("base64"),
    });
  }

  #mayNavigate(url: string): boolean {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.emit("will-navigate", { url, preventDefault });
    return !prevented;
  }

  #decideOpened({ targetId, url }: Answer): void {
    const { action } = this.#openHandler({ url: toApp(url) });
    if (action === "deny") void this.#cdp.send("Target.closeTarget", { targetId }).catch(() => {});
  }

  static {
    prepare = (contents, sessionId, size, preload) => contents.#prepare(sessionId, size, preload);
    decideOpened = (contents, target) => contents.#decideOpened(target);
    abandon = (contents) => contents.#forget();
  }
}
