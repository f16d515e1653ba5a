import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { chromiumArgs, chromiumPath } from "../browser.ts";
import { type Cdp, openCdp } from "./cdp.ts";

export interface Chromium {
  readonly pid: number;
  readonly endpoint: string;
  readonly cdp: Cdp;
  /** ends it and removes its profile */
  end(): Promise<void>;
}

/** Starts a Chromium without a window of its own. It ends with this process. */
export async function startChromium(profile: string): Promise<Chromium> {
  const args = [
    ...chromiumArgs,
    "--headless",
    // Electron's ports say when the other end was closed; plain Chromium's do not yet.
    "--enable-blink-features=MessagePortCloseEvent",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    "--no-first-run",
    "--no-startup-window",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-dev-shm-usage",
  ];
  const child = spawn(chromiumPath ?? "chromium", args, { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  process.once("exit", () => child.kill("SIGKILL"));
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Chromium ended with ${code} before it was ready`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      const said = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (said !== undefined) resolve(said);
    });
  });
  const cdp = await openCdp(endpoint);
  return {
    pid: child.pid ?? 0,
    endpoint,
    cdp,
    async end() {
      cdp.send("Browser.close").catch(() => {});
      const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await exited;
      clearTimeout(timer);
      // Its helpers may still be writing when it has gone.
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}
