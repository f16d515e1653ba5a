import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "@playwright/test";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "../browser.ts";
import type { FixtureControl } from "./sceneWorkbench.ts";
import { type ServedPage, servePage } from "./servePage.ts";

declare global {
  interface Window {
    readonly fixture: FixtureControl;
    readonly axe: {
      run(options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
    };
  }
}

export interface Look {
  readonly scene: string;
  readonly step: string;
  readonly language?: "en" | "zh";
  readonly theme?: "light" | "dark" | "sunlight";
  readonly size?: readonly [width: number, height: number];
}

export interface OpenedScene {
  readonly page: Page;
  /** what the browser refused or what broke */
  readonly complaints: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** The page for the tests of one file, in real Chromium: built once, each scene in a context of its own. */
export function scenePages(): { open(look: Look): Promise<OpenedScene> } {
  let served: ServedPage | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    served = await servePage();
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  return {
    async open({ scene, step, language = "en", theme = "light", size: [width, height] = [1366, 768] }) {
      if (!served || !browser) throw new Error("pages are opened within tests");
      const context = await browser.newContext({
        viewport: { width, height },
        permissions: ["clipboard-read", "clipboard-write"],
        // Contrast is that of the screen at rest, not of a colour on its way to another.
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.addInitScript(
        ([language, theme]) => {
          localStorage.setItem("lastmile.language", language);
          localStorage.setItem("lastmile.theme", theme);
        },
        [language, theme] as const,
      );
      await page.goto(`${served.url}?scene=${scene}#/${step}`);
      await page.getByRole("main").getByRole("heading").first().waitFor();
      return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
    },
  };
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Barriers that axe knows, with the elements that have them. */
export async function barriersOf(page: Page): Promise<readonly string[]> {
  // Read from outside the page, because its content policy refuses scripts from elsewhere.
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(async () => {
    // Colours are looked at as they stay, not while they fade; a fading that is cut short is over too.
    await Promise.allSettled(document.getAnimations().map((fading) => fading.finished));
    const { violations } = await window.axe.run({ resultTypes: ["violations"] });
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}

/** Labels that do not fit their place; values in cells may be cut, names of things may not. */
export function cutLabels(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a, label, h1, h2, h3, dt, [role=columnheader]")]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => !element.closest(".unseen"))
      .map((element) => element.textContent ?? ""),
  );
}
