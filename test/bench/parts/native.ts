import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const sources = resolve("test/bench/native");
const made = resolve("build/out/bench/native");

/** A C program of the bench, compiled; or why it cannot be had here. */
export type Native = { readonly path: string } | { readonly missing: string };

/** @param library a pkg-config name that the program needs */
export function compile(name: string, library?: string): Native {
  if (!answers("cc", ["--version"])) return { missing: "no C compiler" };
  let flags: readonly string[] = [];
  if (library !== undefined) {
    const found = spawnSync("pkg-config", ["--cflags", "--libs", library], { encoding: "utf8" });
    if (found.status !== 0) return { missing: `no ${library}` };
    flags = found.stdout.trim().split(/\s+/);
  }
  mkdirSync(made, { recursive: true });
  const path = join(made, name);
  const args = ["-O2", "-Wall", "-o", path, join(sources, `${name}.c`), ...flags, "-lutil"];
  const { status, stderr } = spawnSync("cc", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name}.c does not compile:\n${stderr}`);
  return { path };
}

/** Keeps this process, and those it starts, on one core: across cores a ping-pong measures how cores wake. */
export function stayOnOneCore(): boolean {
  return answers("taskset", ["-a", "-c", "-p", "0", String(process.pid)]);
}

/** Runs a program to its end. @returns the JSON that it printed */
export async function jsonFrom(path: string, args: readonly (string | number)[]): Promise<unknown> {
  const child = spawn(path, args.map(String));
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, "close"),
  ]);
  if (code !== 0) throw new Error(`${path} ended with ${code}: ${err}`);
  return JSON.parse(out);
}

/** A program that says in its first line where it can be reached, and ends, with a last word, when stdin does. */
export interface Standing {
  readonly place: string;
  /** @returns what it printed after the first line */
  end(): Promise<string>;
}

export async function stand(path: string, args: readonly (string | number)[]): Promise<Standing> {
  const child: ChildProcessWithoutNullStreams = spawn(path, args.map(String));
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`${path} said nothing`);
  return {
    place: first.value,
    async end() {
      child.stdin.end();
      const rest: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
      return rest.join("\n");
    },
  };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function answers(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
