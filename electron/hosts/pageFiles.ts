import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** By path as asked for: `/index.html`, `/assets/main-1a2b.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** Reads the built page whole, so that a request names a file or nothing: there is no path left to climb. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join("/")}`, { type, bytes: await readFile(path) });
  }
  if (!files.has("/index.html")) throw new Error(`no index.html in ${folder}: build the page first`);
  return files;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Answers one request for the page. A page load gets a nonce of its own, in the policy and in place of `__NONCE__`.
 *
 * @param connectSources what the page may connect to, as the policy names it
 */
export function answerPage(files: PageFiles, path: string, connectSources: string): PageAnswer {
  const file = files.get(path === "/" ? "/index.html" : path);
  if (file === undefined) return { status: 404, headers: pageHeaders(connectSources), body: Buffer.from("") };
  if (!file.type.startsWith("text/html")) {
    return {
      status: 200,
      headers: { ...pageHeaders(connectSources), "Content-Type": file.type },
      body: file.bytes,
    };
  }
  const nonce = randomBytes(16).toString("base64");
  return {
    status: 200,
    headers: { ...pageHeaders(connectSources, nonce), "Content-Type": file.type },
    body: Buffer.from(file.bytes.toString("utf8").replaceAll("__NONCE__", nonce)),
  };
}

/** What every answer carries: nothing may be run, shown, framed or reached but the page's own. */
export function pageHeaders(connectSources: string, nonce?: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? "" : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connectSources}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
  };
}
