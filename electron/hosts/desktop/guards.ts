import type { Session, WebContents } from "electron";
import { isPageUrl } from "./appScheme.ts";

const ownSchemes = ["app:", "devtools:", "data:", "blob:"];

/** Offline and without rights: no request leaves by the window, and the page may copy text and nothing else. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !ownSchemes.some((scheme) => details.url.startsWith(scheme)) });
  });
}

/** The window shows the page and stays there: a dropped file or a link opens nothing. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => {
    if (!isPageUrl(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

function isAllowed(permission: string): boolean {
  return permission === "clipboard-sanitized-write";
}
