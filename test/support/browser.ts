import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";

/** Chromium as the system has it; undefined: the one Playwright brings along. */
export const chromiumPath = [
  process.env.LASTMILE_CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== "" && existsSync(path));

/** Chromium refuses to run as root with its sandbox on. */
export const chromiumArgs = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    args: chromiumArgs,
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
  });
}
