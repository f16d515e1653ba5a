import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const layers = ["domain", "contract", "capabilities", "services", "adapters", "simulator", "hosts"] as const;
type Layer = (typeof layers)[number] | "renderer";

let house: string;

/** A house with the real walls (the project files) and one thing in each room. */
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), "lastmile-layers-"));
  await cp(join(root, "build/types"), join(house, "build/types"), { recursive: true });
  await cp(join(root, "package.json"), join(house, "package.json"));
  await symlink(join(root, "node_modules"), join(house, "node_modules"));
  for (const layer of layers) {
    await put(`electron/${layer}/thing.ts`, `export interface Thing { readonly of: "${layer}" }\n`);
  }
  await put("renderer/thing.ts", "export const title = document.title;\n");
});

afterAll(() => rm(house, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  const file = join(house, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function compile(layer: Layer, text: string): Promise<string> {
  const path = layer === "renderer" ? "renderer/visitor.ts" : `electron/${layer}/visitor.ts`;
  await put(path, text);
  const args = ["tsc", "-b", `build/types/tsconfig.${layer}.json`];
  const { status, stdout } = spawnSync("npx", args, { cwd: house, encoding: "utf8" });
  await rm(join(house, path));
  return status === 0 ? "compiles" : stdout;
}

const seeing = (layer: Layer) =>
  `import type { Thing } from "#${layer}/thing.ts";\nexport type Seen = Thing;\n`;

test.each<readonly [Layer, Layer]>([
  ["contract", "domain"],
  ["services", "contract"],
  ["services", "capabilities"],
  ["adapters", "capabilities"],
  ["simulator", "domain"],
  ["hosts", "adapters"],
  ["renderer", "contract"],
])("%s may see %s", async (from, to) => {
  expect(await compile(from, seeing(to))).toBe("compiles");
});

test.each<readonly [Layer, Layer]>([
  ["domain", "contract"],
  ["domain", "capabilities"],
  ["contract", "capabilities"],
  ["capabilities", "services"],
  ["services", "adapters"],
  ["services", "simulator"],
  ["adapters", "services"],
  ["adapters", "contract"],
  ["simulator", "adapters"],
  ["renderer", "services"],
])("%s does not compile when it sees %s, not even its types", async (from, to) => {
  expect(await compile(from, seeing(to))).toContain("TS6307");
});

test.each<readonly [Layer, string, string]>([
  ["domain", "node", `export { readFileSync } from "node:fs";\n`],
  ["domain", "the page", "export const title = document.title;\n"],
  ["services", "node", `export { readFileSync } from "node:fs";\n`],
  ["services", "timers", "export const later = () => setTimeout(() => undefined, 1);\n"],
  ["adapters", "the page", "export const title = document.title;\n"],
  ["renderer", "node", `export { readFileSync } from "node:fs";\n`],
])("%s does not compile when it uses %s", async (layer, _what, text) => {
  expect(await compile(layer, text)).not.toBe("compiles");
});
