import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** The hosts' own policy: nothing from elsewhere, styles by nonce, no inline scripts. */
const policy = (nonce: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'`;

export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the fixture page and serves it under the product's content policy. */
export async function servePage(): Promise<ServedPage> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-fixture-"));
  await build({
    root: fileURLToPath(new URL(".", import.meta.url)),
    base: "./",
    configFile: false,
    logLevel: "error",
    plugins: [react()],
    define: { __VERSION__: JSON.stringify("0.0.0") },
    build: {
      target: "chrome130",
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      chunkSizeWarningLimit: 5000,
    },
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    const name = path === "/" ? "index.html" : path.slice(1);
    if (!/^[\w./-]+$/.test(name) || name.includes("..")) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, name)).then(
      (bytes) => {
        response.writeHead(200, {
          "content-type": types[extname(name)] ?? "application/octet-stream",
          "content-security-policy": policy("fixture"),
        });
        response.end(name === "index.html" ? bytes.toString("utf8").replace("__NONCE__", "fixture") : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
