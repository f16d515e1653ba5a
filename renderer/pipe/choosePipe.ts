import type { Pipe } from "#contract/wire.ts";
import { awaitDesktopPort, openDesktopPipe } from "./desktopPipe.ts";
import { openWebPipe } from "./webPipe.ts";

/** True inside the desktop's window, false in a browser. */
export function isDesktop(): boolean {
  return (
    "lastmileDesktop" in window || location.protocol === "app:" || navigator.userAgent.includes("Electron/")
  );
}

/** How this page reaches its workbench; call it once, first thing. */
export function choosePipe(): () => Promise<Pipe> {
  if (!isDesktop()) return openWebPipe;
  void awaitDesktopPort();
  return openDesktopPipe;
}
