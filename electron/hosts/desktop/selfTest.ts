import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";
import { systemClock } from "#adapters/clock.ts";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import { contractHash } from "#contract/hash.ts";
import { serve, type Workbench } from "#contract/server.ts";
import { acceptPipes } from "./ipcPipe.ts";
import { prepareApp } from "./start.ts";
import { openWindow } from "./window.ts";

export interface SelfTestOptions {
  readonly version: string;
  readonly pageFolder: string;
  readonly preload: string;
  openWorkbench(dataFolder: string): Promise<{ readonly workbench: Workbench; close(): Promise<void> }>;
}

const limitMs = 30_000;

/**
 * Proves a packed app whole: the workbench opens, the serial binding loads, the page loads and asks over its pipe, a PDF is printed.
 * Prints one JSON line `{ ok, version, electron, node, platform, contract, checks }` and exits 0, or 1.
 */
export async function runSelfTest(options: SelfTestOptions): Promise<void> {
  // Nothing may be awaited yet: the scheme must be registered before the app is ready.
  const folder = mkdtempSync(join(tmpdir(), "lastmile-self-test-"));
  app.setPath("userData", join(folder, "profile"));
  const checks: Record<string, string> = {};
  const check = async (name: string, what: () => Promise<unknown>): Promise<void> => {
    try {
      await withinLimit(what());
      checks[name] = "good";
    } catch (error) {
      checks[name] = error instanceof Error ? error.message : String(error);
    }
  };

  let printer: ReportPrinter | undefined;
  await check("app", async () => {
    printer = await prepareApp(options.pageFolder);
  });
  await check("workbench", async () => {
    const { workbench, close } = await options.openWorkbench(join(folder, "data"));
    await check("serial", () => workbench.handlers["ports.list"]({}, new AbortController().signal));
    await check("page", () => pageAsks(workbench, options.preload, join(folder, "window.json")));
    await check("pdf", () => printsPdf(printer));
    await close();
  });
  const ok = ["app", "workbench", "serial", "page", "pdf"].every((name) => checks[name] === "good");
  const { electron, node } = process.versions;
  const told = {
    ok,
    version: options.version,
    electron,
    node,
    platform: process.platform,
    contract: contractHash(),
    checks,
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  await rm(folder, { recursive: true, force: true }).catch(() => {});
  app.exit(ok ? 0 : 1);
}

/** Resolves when the page has taken its port, read the greeting and asked for something. */
async function pageAsks(workbench: Workbench, preload: string, stateFile: string): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    acceptPipes((pipe) => {
      pipe.onMessage(() => resolve());
      serve(pipe, workbench, systemClock);
    });
  });
  await openWindow({ preload, stateFile, shown: false });
  await asked;
}

async function printsPdf(printer: ReportPrinter | undefined): Promise<void> {
  const page = "<!doctype html><meta charset=utf-8><p>Lastmile 交接报告";
  const pdf = await printer?.print(page, new AbortController().signal);
  if (pdf === undefined || Buffer.from(pdf).toString("latin1", 0, 5) !== "%PDF-") throw new Error("no PDF");
}

function withinLimit<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = systemClock.after(limitMs, () => reject(new Error(`not within ${limitMs} ms`)));
    promise.finally(cancel).then(resolve, reject);
  });
}
