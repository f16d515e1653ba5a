import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "#contract/client.ts";
import { describeConversation } from "#test/contract/conversation.ts";
import { bundleForNode, bundleForPage } from "#test/support/electron/build.ts";
import { type Desktop, launchDesktop } from "#test/support/electron/launch.ts";
import { openRelayedPipe } from "#test/support/electron/relayedPipe.ts";
import { makePageFolder } from "#test/support/pageFolder.ts";
import { until } from "#test/support/until.ts";

let dataFolder: string;
let folder: Awaited<ReturnType<typeof makePageFolder>>;
let desktop: Desktop;
let pages: readonly Page[] = [];
let turn = 0;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "lastmile-data-"));
  folder = await makePageFolder({
    "index.html": `<!doctype html><meta name="style-nonce" content="__NONCE__"><title>A page</title>
      <script type="module" src="./page.js"></script><p>Here.</p>`,
    "page.js": await bundleForPage("test/support/electron/talkingPage.ts"),
  });
  await bundleForNode("electron/hosts/desktop/preload.ts");
  const main = await bundleForNode("test/support/electron/conversationMain.ts");
  desktop = await launchDesktop({ dataFolder, main, env: { TEST_PAGE: folder.path } });
  await until(() => desktop.pages().length === 2, "the second window", 10_000);
  pages = desktop.pages();
});
afterAll(async () => {
  await desktop?.close();
  await rm(dataFolder, { recursive: true, force: true });
  await folder?.remove();
});

// A page's pipe comes once in its life, so each client loads one of the two windows anew.
describeConversation("the desktop's message port", () => {
  turn += 1;
  return openRelayedPipe(pages[turn % 2] as Page);
});

describe("the desktop's window", () => {
  test("shows the app's page, which sees nothing of node and is told it is the desktop", async () => {
    const seen = await desktop.page.evaluate(() => ({
      text: document.body.textContent?.trim(),
      width: innerWidth,
      height: innerHeight,
      desktop: (window as unknown as { lastmileDesktop: unknown }).lastmileDesktop,
      node: typeof (globalThis as unknown as { process: unknown; require: unknown }).process,
    }));

    expect(seen).toEqual({ text: "Here.", width: 1366, height: 768, desktop: true, node: "undefined" });
  });

  test("reaches nothing outside", async () => {
    const reached = await desktop.page.evaluate(async () => {
      const fetched = await fetch("http://127.0.0.1:9/").then(
        () => "reached",
        () => "refused",
      );
      const image = await new Promise((resolve) => {
        const element = new Image();
        element.onload = () => resolve("reached");
        element.onerror = () => resolve("refused");
        element.src = "http://127.0.0.1:9/x.png";
      });
      return [fetched, image];
    });

    expect(reached).toEqual(["refused", "refused"]);
  });

  test("runs no script that is not the app's", async () => {
    const ran = await desktop.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.foreign = true";
      document.body.append(script);
      return "foreign" in window;
    });

    expect(ran).toBe(false);
  });

  test("stays where it is: navigation and new windows are refused", async () => {
    const before = desktop.page.url();

    await desktop.page.evaluate(() => {
      window.open("https://example.invalid/");
      location.href = "https://example.invalid/";
    });
    const client = connect(await openRelayedPipe(pages[1] as Page));
    await client.ready;

    await until(() => desktop.pages().length === 2, "the new window to be gone");
    expect(desktop.page.url()).toBe(before);
    client.close();
  });

  test("has no file beside the page's own", async () => {
    const statuses = await desktop.page.evaluate(async () => {
      const answers = [];
      for (const path of ["page.js", "../../package.json", "%2e%2e/package.json", "none.js"]) {
        const script = document.createElement("script");
        script.type = "module";
        script.src = path;
        answers.push(
          await new Promise((resolve) => {
            script.onload = () => resolve("there");
            script.onerror = () => resolve("none");
            document.body.append(script);
          }),
        );
      }
      return answers;
    });

    expect(statuses).toEqual(["there", "none", "none", "none"]);
  });
});
