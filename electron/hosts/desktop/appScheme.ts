import { protocol, type Session } from "electron";
import { answerPage, type PageFiles } from "../pageFiles.ts";

const pageOrigin = "app://lastmile";

/** Where the window's page is. Its own addresses are relative, as on the web host. */
export const pageUrl = `${pageOrigin}/`;

export function isPageUrl(url: string): boolean {
  return url.startsWith(pageUrl);
}

/** Makes `app:` a scheme with an origin, as `file:` has none. Call it before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** What a page that is printed may do: show itself. */
const printedPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Serves the page's files, and nothing but them, under `app://lastmile/`.
 *
 * @param printed pages that are being printed just now, by path
 */
export function serveAppScheme(
  files: PageFiles,
  printed: ReadonlyMap<string, string>,
  session: Session,
): void {
  session.protocol.handle("app", (request) => {
    const { pathname } = new URL(request.url);
    if (!isPageUrl(request.url) || request.method !== "GET") return new Response(null, { status: 403 });
    const page = printed.get(pathname);
    if (page !== undefined) {
      const headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": printedPolicy,
        "Cache-Control": "no-store",
      };
      return new Response(page, { headers });
    }
    const answer = answerPage(files, pathname, "'none'");
    return new Response(new Uint8Array(answer.body), {
      status: answer.status,
      headers: { ...answer.headers },
    });
  });
}
