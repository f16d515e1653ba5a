import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { launchBrowser } from "../support/browser.ts";
import { launchDesktop } from "../support/electron/launch.ts";
import { startWebProcess } from "./webProcess.ts";

/** A page of the product on the project's host, with a data folder of its own. */
export interface Product {
  readonly page: Page;
  readonly dataFolder: string;
  /** every request that the page made, as URLs */
  readonly requests: readonly string[];
  /** what the page complained about: console errors, refused scripts and styles */
  readonly complaints: readonly string[];
}

export const test = base.extend<{ product: Product }>({
  product: async ({ browserName: _ }, use, info) => {
    const dataFolder = await mkdtemp(join(tmpdir(), "lastmile-journey-"));
    const opened =
      info.project.name === "desktop" ? await openDesktop(dataFolder) : await openWeb(dataFolder);
    const requests: string[] = [];
    const complaints: string[] = [];
    opened.page.on("request", (request) => requests.push(request.url()));
    opened.page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    opened.page.on("pageerror", (error) => complaints.push(error.message));
    await opened.enter();
    await use({ page: opened.page, dataFolder, requests, complaints });
    await opened.close();
    await rm(dataFolder, { recursive: true, force: true });
  },
});

interface Opened {
  readonly page: Page;
  enter(): Promise<void>;
  close(): Promise<void>;
}

async function openWeb(dataFolder: string): Promise<Opened> {
  const web = await startWebProcess(dataFolder);
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  return {
    page,
    async enter() {
      await page.goto(web.url);
    },
    async close() {
      await browser.close();
      await web.stop();
    },
  };
}

async function openDesktop(dataFolder: string): Promise<Opened> {
  const desktop = await launchDesktop({ dataFolder });
  await desktop.page.setViewportSize({ width: 1366, height: 768 });
  return {
    page: desktop.page,
    async enter() {
      await desktop.page.reload();
    },
    async close() {
      await desktop.close();
    },
  };
}
