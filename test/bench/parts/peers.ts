import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve("build/out/peers");
const version = "5.0.0";

/** As much of jsmodbus as the benches use. */
export interface Jsmodbus {
  readonly client: Readonly<
    Record<"RTU" | "TCP", new (stream: object, unit: number, timeoutMs: number) => JsmodbusClient>
  >;
}

export interface JsmodbusClient {
  readHoldingRegisters(
    offset: number,
    count: number,
  ): Promise<{ readonly response: { readonly body: { readonly valuesAsArray: readonly number[] } } }>;
}

/** jsmodbus, which is no dependency: installed beside the benches the first time; or why it cannot be had here. */
export function jsmodbus(): Jsmodbus | { readonly missing: string } {
  const entry = join(folder, "node_modules/jsmodbus");
  if (!existsSync(entry)) {
    mkdirSync(folder, { recursive: true });
    const args = [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-audit",
      "--no-fund",
      `jsmodbus@${version}`,
    ];
    const { status } = spawnSync("npm", args, { stdio: "ignore", timeout: 60_000 });
    if (status !== 0 || !existsSync(entry)) return { missing: `npm could not install jsmodbus ${version}` };
  }
  return createRequire(join(folder, "package.json"))("jsmodbus") as Jsmodbus;
}

/** Whether a program is there to be run. */
export function isInstalled(program: string): boolean {
  return spawnSync("which", [program], { stdio: "ignore" }).status === 0;
}
