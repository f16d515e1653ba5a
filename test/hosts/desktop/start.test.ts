import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { environment, launchDesktop, productMain, runDouble } from "#test/support/electron/launch.ts";

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "lastmile-data-"));
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

// `npm test` builds first; a single file may be run without.
describe.runIf(existsSync(productMain))("the desktop as built", () => {
  test("tests itself whole and says so in one line of JSON", async () => {
    const run = await runDouble(productMain, ["--self-test"], environment());

    const code = await run.exited;

    expect(JSON.parse(run.stdout())).toMatchObject({
      ok: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      node: process.versions.node,
      checks: { app: "good", workbench: "good", serial: "good", page: "good", pdf: "good" },
    });
    expect(code).toBe(0);
  });

  test("a second start leaves with 0 and the first goes on", async () => {
    const first = await launchDesktop({ dataFolder });
    onTestFinished(async () => void (await first.close()));

    const second = await runDouble(productMain, [], { ...environment(), LASTMILE_DATA: dataFolder });

    expect(await second.exited).toBe(0);
    await first.page.reload();
    expect(await first.page.title()).toContain("Lastmile");
  });

  test("quitting keeps the window's place", async () => {
    const desktop = await launchDesktop({ dataFolder });

    expect(await desktop.close()).toBe(0);

    const kept = JSON.parse(await readFile(join(dataFolder, ".desktop", "window.json"), "utf8"));

    expect(kept).toEqual({ x: 0, y: 0, width: 1366, height: 768, maximized: false });
  });
});
