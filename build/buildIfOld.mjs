import { spawnSync } from "node:child_process";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const sources = ["electron", "renderer", "build/bundle.mjs", "package.json", "package-lock.json"];

/** Builds into build/out unless that is newer than every source. */
export async function buildIfOld(root) {
  const stamp = join(root, "build", "out", "built");
  const built = (await stat(stamp).catch(() => undefined))?.mtimeMs ?? 0;
  const newest = Math.max(...(await Promise.all(sources.map((path) => newestIn(join(root, path))))));
  if (built > newest) return;
  const { status } = spawnSync(process.execPath, [join(root, "build", "bundle.mjs")], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
  await writeFile(stamp, "");
}

async function newestIn(path) {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((name) => newestIn(join(path, name))))));
}
