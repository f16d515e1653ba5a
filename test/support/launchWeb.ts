import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { launchBrowser } from "./browser.ts";
import { until } from "./until.ts";

const program = join(fileURLToPath(new URL("../..", import.meta.url)), "build", "out", "cli", "main.mjs");

/** Starts the web host as a person does and opens its link in a browser of its own. */
export async function launchWeb(dataFolder: string): Promise<{ page: Page; close(): Promise<number> }> {
  const child = spawn(process.execPath, [program, "web"], {
    env: { ...process.env, LASTMILE_DATA: dataFolder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const exited = once(child, "exit");
  const link = () => /http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]+/.exec(printed)?.[0];
  try {
    await until(() => link() !== undefined || child.exitCode !== null, "the link", 15_000);
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(link() ?? "");
    return {
      page,
      async close() {
        await browser.close();
        child.kill("SIGINT");
        return (await exited)[0] ?? 128;
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`the web host did not start:\n${printed}`, { cause: error });
  }
}
