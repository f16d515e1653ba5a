import { mkdtempSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ruleApp } from "./app.ts";
import { BrowserWindow, openWindowsIn } from "./browserWindow.ts";
import { startChromium } from "./chromium.ts";
import { electron } from "./electron.ts";

/**
 * `node -r double.cjs main.cjs` runs a desktop main bundle without Electron's runtime: its windows are pages of the
 * system's Chromium. Prints `electron-double {"pid":…,"endpoint":"ws://…"}` on stderr once Chromium runs.
 *
 * Not covered: the sandbox of the operating system, native menus and dialogs, the keychain.
 */
const load = Reflect.get(Module, "_load") as (name: string, ...rest: unknown[]) => unknown;
Reflect.set(Module, "_load", (name: string, ...rest: unknown[]) =>
  name === "electron" ? electron : load.call(Module, name, ...rest),
);
Object.defineProperty(process.versions, "electron", { value: "0.0.0-double", enumerable: true });

const started = startChromium(mkdtempSync(join(tmpdir(), "electron-double-")));
const ready = started.then(async (chromium) => {
  await openWindowsIn(chromium);
  process.stderr.write(
    `electron-double ${JSON.stringify({ pid: chromium.pid, endpoint: chromium.endpoint })}\n`,
  );
});
ruleApp({
  ready,
  closeAll() {
    for (const window of BrowserWindow.getAllWindows()) window.close();
    return BrowserWindow.getAllWindows().length;
  },
  async end() {
    await ready;
    await (await started).end();
  },
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => electron.app.quit());
// A test run that was cut off must not leave windows behind.
process.on("disconnect", () => electron.app.exit(1));
