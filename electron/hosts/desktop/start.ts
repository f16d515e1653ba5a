import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { app, BrowserWindow, Menu, safeStorage, session } from "electron";
import { systemClock } from "#adapters/clock.ts";
import { keychainSecrets } from "#adapters/secrets/keychainSecrets.ts";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import type { Secrets } from "#capabilities/secrets.ts";
import { serve, type Workbench } from "#contract/server.ts";
import { readPageFiles } from "../pageFiles.ts";
import { registerAppScheme, serveAppScheme } from "./appScheme.ts";
import { guardContents, guardSession } from "./guards.ts";
import { acceptPipes } from "./ipcPipe.ts";
import { openWindow } from "./window.ts";
import { windowPrinter } from "./windowPrinter.ts";

export interface DesktopOptions {
  /** the built page */
  readonly pageFolder: string;
  /** the built preload */
  readonly preload: string;
  /** site files and all that is the user's */
  readonly dataFolder: string;
  /** @param secrets the system's keychain, where it protects */
  openWorkbench(
    secrets: Secrets | undefined,
    printer: ReportPrinter,
  ): Promise<{ readonly workbench: Workbench; close(): Promise<void> }>;
}

/** Runs the desktop from start to quit. Call it first thing: some of it must come before the app is ready. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  const { dataFolder } = options;
  app.setPath("userData", ownFolder(dataFolder));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on("second-instance", () => showAgain());
  const printer = await prepareApp(options.pageFolder);
  const secrets = keychain(join(dataFolder, "secrets.json"));
  const { workbench, close } = await options.openWorkbench(secrets, printer);
  acceptPipes((pipe) => serve(pipe, workbench, systemClock));
  quitAfter(close);
  const open = () =>
    openWindow({
      preload: options.preload,
      stateFile: join(ownFolder(dataFolder), "window.json"),
      shown: true,
    });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  await open();
}

/** Sandbox, scheme, guards and menu: what holds for any window, the self-test's too. Resolves to what can print. */
export async function prepareApp(pageFolder: string): Promise<ReportPrinter> {
  app.enableSandbox();
  registerAppScheme();
  app.on("web-contents-created", (_event, contents) => guardContents(contents));
  await app.whenReady();
  guardSession(session.defaultSession);
  const printed = new Map<string, string>();
  serveAppScheme(await readPageFiles(pageFolder), printed, session.defaultSession);
  // Copy and paste come from the menu on macOS alone; elsewhere it would only take room.
  const roles = [{ role: "appMenu" }, { role: "editMenu" }, { role: "windowMenu" }] as const;
  Menu.setApplicationMenu(process.platform === "darwin" ? Menu.buildFromTemplate([...roles]) : null);
  return windowPrinter(printed);
}

/** Chromium's own folder, apart from the user's files. */
function ownFolder(dataFolder: string): string {
  const folder = join(dataFolder, ".desktop");
  mkdirSync(folder, { recursive: true });
  return folder;
}

function keychain(path: string): Secrets | undefined {
  if (process.platform === "linux" && safeStorage.getSelectedStorageBackend() === "basic_text")
    return undefined;
  return safeStorage.isEncryptionAvailable() ? keychainSecrets(path, safeStorage) : undefined;
}

function showAgain(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Saves and closes lines before the process ends, once. */
function quitAfter(close: () => Promise<void>): void {
  let closed = false;
  let closing = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}
