// Makes everything that runs: page, web host, command line, desktop main and preload. `npm run build`.
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
const define = { __VERSION__: JSON.stringify(manifest.version) };
// What runs in node is loaded from node_modules: native parts stay where their package looks for them.
const outside = [
  "electron",
  ...Object.keys(manifest.dependencies),
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];
const external = (id) => outside.some((name) => id === name || id.startsWith(`${name}/`));

async function buildNode(name, entry, format) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    define,
    // It has no entry for require, by which the desktop's main program loads packages.
    ssr: { noExternal: ["cborg"] },
    build: {
      target: "node20",
      ssr: true,
      outDir: `build/out/${name}`,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: { [entry.out]: `${root}/${entry.in}` },
        output: {
          format,
          entryFileNames: format === "cjs" ? "[name].cjs" : "[name].mjs",
          chunkFileNames: format === "cjs" ? "[name]-[hash].cjs" : "[name]-[hash].mjs",
          codeSplitting: format !== "cjs",
          // The command line is a program of its own on systems that look at the first line.
          banner: (chunk) => (name === "cli" && chunk.isEntry ? "#!/usr/bin/env node" : ""),
        },
      },
    },
  });
}

async function buildPage() {
  await build({
    root: `${root}/renderer`,
    base: "./",
    configFile: false,
    logLevel: "warn",
    define,
    plugins: [react()],
    build: {
      target: "chrome130",
      outDir: `${root}/build/out/page`,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
    },
  });
}

const wanted = process.argv.slice(2);
const parts = {
  page: buildPage,
  desktop: async () => {
    await buildNode("desktop", { in: "electron/hosts/desktop/main.ts", out: "main" }, "cjs");
    await buildNode("desktop", { in: "electron/hosts/desktop/preload.ts", out: "preload" }, "cjs");
  },
  cli: () => buildNode("cli", { in: "electron/hosts/cli/main.ts", out: "main" }, "es"),
};
for (const [name, make] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await make();
}
