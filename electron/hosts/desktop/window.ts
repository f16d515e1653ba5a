import { BrowserWindow, screen } from "electron";
import { pageUrl } from "./appScheme.ts";
import { isReachable, readWindowState, writeWindowState } from "./windowState.ts";

export interface WindowOptions {
  readonly preload: string;
  /** where its place on the screen is kept */
  readonly stateFile: string;
  readonly shown: boolean;
}

/** Opens the one window and loads the page; 1366×768 the first time, then where it was left. */
export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const kept = readWindowState(options.stateFile);
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const place = kept !== undefined && isReachable(kept, areas) ? kept : undefined;
  const window = new BrowserWindow({
    width: place?.width ?? 1366,
    height: place?.height ?? 768,
    ...(place !== undefined && { x: place.x, y: place.y }),
    minWidth: 1024,
    minHeight: 700,
    title: "Lastmile",
    show: false,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (place?.maximized) window.maximize();
  if (options.shown) window.once("ready-to-show", () => window.show());
  window.on("close", () => {
    const { x, y, width, height } = window.getNormalBounds();
    writeWindowState(options.stateFile, { x, y, width, height, maximized: window.isMaximized() });
  });
  reloadOnceCrashed(window);
  await window.loadURL(pageUrl);
  return window;
}

/** Jobs live on in the main process, so a crashed page comes back to them; one that crashes again stays down. */
function reloadOnceCrashed(window: BrowserWindow): void {
  window.webContents.once("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit" && !window.isDestroyed()) window.webContents.reload();
  });
}
