type Handler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { url: string }, answer: (said: { cancel?: boolean }) => void) => void;

const handlers = new Map<string, Handler>();
let beforeRequest: BeforeRequest | undefined;

const webRequest = {
  onBeforeRequest(listener: BeforeRequest): void {
    beforeRequest = listener;
  },
};

/** Permissions are asked of nobody: headless Chromium grants none of those the app denies. */
const defaultSession = {
  protocol: { handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler) },
  webRequest,
  setPermissionRequestHandler(): void {},
  setPermissionCheckHandler(): void {},
  setDevicePermissionHandler(): void {},
};

export const session = { defaultSession };

export const protocol = {
  registerSchemesAsPrivileged(): void {},
};

// Chromium knows no scheme of ours, so a page of app://lastmile/ really is at https://lastmile.app.invalid/.
const realSuffix = ".app.invalid";

export function toReal(url: string): string {
  return url.replace(/^app:\/\/([^/]+)/, `https://$1${realSuffix}`);
}

export function toApp(url: string): string {
  return url.replace(/^https:\/\/([^/]+?)\.app\.invalid/, "app://$1");
}

/** What becomes of a request of a page: cancelled, answered by a handler, or left to the network. */
export async function decide(url: string, method: string): Promise<"cancel" | "continue" | Response> {
  const cancelled = await new Promise<boolean>((resolve) => {
    if (beforeRequest === undefined) resolve(false);
    else beforeRequest({ url }, (said) => resolve(said.cancel === true));
  });
  if (cancelled) return "cancel";
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  return handler === undefined ? "continue" : handler(new Request(url, { method }));
}
