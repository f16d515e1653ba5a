import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { launchDesktop } from "#test/support/electron/launch.ts";
import { launchWeb } from "#test/support/launchWeb.ts";

export interface HostOptions {
  readonly host: "web" | "desktop";
}

interface Fixtures {
  /** where this journey's site files are; empty at first */
  readonly dataFolder: string;
  /** the program's page, opened; the host is quit at the end and must leave with 0 */
  readonly lastmile: Page;
}

export const test = base.extend<HostOptions & Fixtures>({
  host: ["web", { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "lastmile-journey-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  lastmile: async ({ host, dataFolder }, use) => {
    const opened = host === "web" ? await launchWeb(dataFolder) : await launchDesktop({ dataFolder });
    opened.page.setDefaultTimeout(15_000);
    await use(opened.page);
    const code = await opened.close();
    if (code !== 0 && !(host === "web" && code === 130)) throw new Error(`the host left with ${code}`);
  },
});
