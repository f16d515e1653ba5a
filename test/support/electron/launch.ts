import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { _electron, type Browser, chromium, type Page } from "@playwright/test";
import { until } from "../until.ts";
import { bundleForNode, root } from "./build.ts";

export interface Desktop {
  /** its window, with the app's page loaded */
  readonly page: Page;
  /** all its windows */
  pages(): readonly Page[];
  /** true on the double, false on Electron's own runtime */
  readonly double: boolean;
  /** quits as a person would and waits; the exit code */
  close(): Promise<number>;
}

export interface DesktopLaunch {
  readonly dataFolder: string;
  /** main bundle; the product's own when absent (`node build/bundle.mjs desktop page` makes it) */
  readonly main?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const productMain = join(root, "build", "out", "desktop", "main.cjs");

/** Starts the desktop on Electron's runtime where it is installed, on the double elsewhere. */
export async function launchDesktop(launch: DesktopLaunch): Promise<Desktop> {
  const main = launch.main ?? productMain;
  const env = { ...environment(), ...launch.env, LASTMILE_DATA: launch.dataFolder };
  if (!existsSync(join(root, "node_modules", "electron", "path.txt"))) return launchDouble(main, env);
  const app = await _electron.launch({ args: [main], env });
  const page = await app.firstWindow();
  const exited = once(app.process(), "exit");
  return {
    page,
    pages: () => app.windows(),
    double: false,
    async close() {
      await app.close();
      return (await exited)[0] ?? 0;
    },
  };
}

async function launchDouble(main: string, env: Record<string, string>): Promise<Desktop> {
  const run = await runDouble(main, [], env);
  let browser: Browser | undefined;
  try {
    browser = await chromium.connectOverCDP(await run.endpoint);
    const page = await loadedPage(browser);
    const connected = browser;
    return {
      page,
      pages: () => pagesOf(connected),
      double: true,
      async close() {
        await connected.close();
        run.quit();
        return run.exited;
      },
    };
  } catch (error) {
    await browser?.close();
    run.quit();
    await run.exited;
    throw new Error(`the desktop did not start:\n${run.output()}`, { cause: error });
  }
}

export interface DoubleRun {
  /** where Chromium can be spoken to; rejects when the process ended before */
  readonly endpoint: Promise<string>;
  readonly exited: Promise<number>;
  /** all it printed so far */
  output(): string;
  stdout(): string;
  quit(): void;
}

/** Runs a main bundle on the double. */
export async function runDouble(
  main: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<DoubleRun> {
  built ??= bundleForNode("test/support/electron/double.ts");
  const child = spawn(process.execPath, ["-r", await built, main, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let stdout = "";
  let stderr = "";
  let chromiumPid = 0;
  const { stdout: out, stderr: err } = child;
  if (out === null || err === null) throw new Error("the double has no output");
  out.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  const exited = once(child, "exit").then(([code, signal]) => {
    // A double that was killed could not take its Chromium along.
    if (signal !== null && chromiumPid > 0) kill(chromiumPid);
    return (code as number | null) ?? 128;
  });
  const endpoint = new Promise<string>((resolve, reject) => {
    createInterface({ input: err }).on("line", (line) => {
      stderr += `${line}\n`;
      const said = /^electron-double (\{.*\})$/.exec(line)?.[1];
      if (said === undefined) return;
      const told = JSON.parse(said) as { pid: number; endpoint: string };
      chromiumPid = told.pid;
      resolve(told.endpoint);
    });
    void exited.then((code) => reject(new Error(`ended with ${code}`)));
  });
  endpoint.catch(() => {});
  return {
    endpoint,
    exited,
    output: () => stdout + stderr,
    stdout: () => stdout,
    quit() {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
    },
  };
}

let built: Promise<string> | undefined;

async function loadedPage(browser: Browser): Promise<Page> {
  await until(() => pagesOf(browser).length > 0, "the desktop's window", 20_000);
  const page = pagesOf(browser)[0] as Page;
  await page.waitForLoadState("load");
  return page;
}

function pagesOf(browser: Browser): readonly Page[] {
  const pages = browser.contexts().flatMap((context) => context.pages());
  return pages.filter((page) => page.url() !== "about:blank");
}

export function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It had ended already.
  }
}
