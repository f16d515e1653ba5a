import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const folder = resolve("build/out/peers");

/** A package that only benches compare with, fetched by npm when it is first needed; or why it cannot be had. */
export function peerPackage(
  name: string,
  version: string,
): { readonly path: string } | { readonly missing: string } {
  if (!existsSync(resolve(folder, "node_modules", name))) {
    const args = [
      "install",
      "--prefix",
      folder,
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      `${name}@${version}`,
    ];
    const { status } = spawnSync("npm", args, { stdio: "ignore", timeout: 120_000 });
    if (status !== 0) return { missing: `npm cannot fetch ${name}@${version} here` };
  }
  return { path: createRequire(`${folder}/`).resolve(name) };
}
