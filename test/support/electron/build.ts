import { mkdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const outFolder = join(root, "test", "out", "electron");
const outside = [
  "electron",
  "ws",
  "@playwright/test",
  "zod",
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** Builds one script of ours for a page, whole in one file; returns its text. */
export async function bundleForPage(entry: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: join(root, entry), output: { format: "es", codeSplitting: false } },
    },
  });
  const [chunk] =
    (Array.isArray(result) ? result[0]?.output : "output" in result ? result.output : undefined) ?? [];
  if (chunk?.type !== "chunk") throw new Error(`no script came of ${entry}`);
  return chunk.code;
}

/** Builds one file of ours for node as CommonJS, packages left outside; returns its path under test/out. */
export async function bundleForNode(entry: string): Promise<string> {
  mkdirSync(outFolder, { recursive: true });
  const name = basename(entry, extname(entry));
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      target: "node20",
      ssr: true,
      outDir: outFolder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        external: (id) => outside.includes(id),
        input: { [name]: join(root, entry) },
        output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      },
    },
  });
  return join(outFolder, `${name}.cjs`);
}
