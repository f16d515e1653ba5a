import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromiumArgs, chromiumPath } from "../browser.ts";
import { type Cdp, openCdp } from "./cdp.ts";

export interface Chromium {
  readonly pid: number;
  readonly endpoint: string;
  readonly cdp: Cdp;
  kill(): void;
}

/** Starts a Chromium without a window of its own. It ends with this process. */
export async function startChromium(profile: string): Promise<Chromium> {
  const args = [
    ...chromiumArgs,
    "--headless",
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
  const kill = (): void => {
    child.kill("SIGKILL");
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", kill);
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Chromium ended with ${code} before it was ready`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      const said = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (said !== undefined) resolve(said);
    });
  });
  return { pid: child.pid ?? 0, endpoint, cdp: await openCdp(endpoint), kill };
}
