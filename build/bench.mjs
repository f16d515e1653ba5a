// `npm run bench [-- name… --rounds 5 --json]`: measures, each bench in a process of its own. Ends badly on a wrong value.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const known = readdirSync(`${root}/test/bench`).flatMap((file) => file.match(/^(\w+)\.ts$/)?.[1] ?? []);

/** Benches that belong together, by one name. */
const groups = { line: ["serial", "serialPorts", "tcp"] };

function asked() {
  const usage = `usage: npm run bench -- [${[...Object.keys(groups), ...known].join("|")}…] [--rounds 5] [--json]`;
  try {
    const options = { rounds: { type: "string", default: "5" }, json: { type: "boolean", default: false } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds takes a whole number from 1");
    const chosen = [...new Set(positionals.flatMap((name) => groups[name] ?? [name]))];
    const unknown = chosen.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new Error(`no bench is called ${unknown.join(", ")}`);
    return { names: chosen.length > 0 ? chosen : known, rounds, json: values.json };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

async function bundle(names) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const outside = [...Object.keys(dependencies), ...Object.keys(devDependencies), ...builtinModules];
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: {
      target: "node20",
      ssr: true,
      outDir: "build/out/bench",
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        external: (id) =>
          id.startsWith("node:") || outside.some((name) => id === name || id.startsWith(`${name}/`)),
        input: Object.fromEntries(names.map((name) => [name, `${root}/test/bench/${name}.ts`])),
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
}

const { names, rounds, json } = asked();
await bundle(names);
const results = {};
let failed = false;
for (const name of names) {
  const args = [`build/out/bench/${name}.mjs`, "--rounds", String(rounds), ...(json ? ["--json"] : [])];
  const stdio = ["ignore", json ? "pipe" : "inherit", "inherit"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, stdio, encoding: "utf8" });
  if (status !== 0) failed = true;
  if (json) results[name] = stdout === "" ? null : JSON.parse(stdout);
}
if (json) console.log(JSON.stringify(results, undefined, 2));
process.exit(failed ? 1 : 0);
