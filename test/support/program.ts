import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Program {
  readonly path: string;
  remove(): Promise<void>;
}

/** Builds a program of ours for node, packages left outside, beside the product's resources. */
export async function buildProgram(entry: string): Promise<Program> {
  const outDir = join(root, "test", "out", `${basename(entry, ".ts")}-${process.pid}`);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const outside = [...Object.keys(manifest.dependencies), ...builtinModules];
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    define: { __VERSION__: JSON.stringify(manifest.version) },
    build: {
      target: "node20",
      ssr: true,
      outDir,
      minify: false,
      rolldownOptions: {
        external: (id) =>
          id.startsWith("node:") || outside.some((name) => id === name || id.startsWith(`${name}/`)),
        input: { main: join(root, entry) },
        output: { format: "es", entryFileNames: "[name].mjs" },
      },
    },
  });
  return { path: join(outDir, "main.mjs"), remove: () => rm(outDir, { recursive: true, force: true }) };
}

export interface Ended {
  /** exit code, or the signal that ended it */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  stdout(): string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Starts a program in a process of its own. */
export function startProgram(path: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [path, ...words], {
    env: { ...process.env, LANG: "C", LC_ALL: "", LC_MESSAGES: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code, signal) => resolve({ code: code ?? signal ?? "", stdout, stderr })),
  );
  return { pid: child.pid ?? 0, stdout: () => stdout, kill: (signal) => void child.kill(signal), ended };
}
