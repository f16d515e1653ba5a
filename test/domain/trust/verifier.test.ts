import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { tempFolder } from "#test/support/tempFolder.ts";
import { fuzzedBundles } from "#test/support/trust/fuzzed.ts";
import { judged } from "#test/support/trust/judged.ts";
import { gatewayState, root, trustState } from "#test/support/trust/kit.ts";
import { threats } from "#test/support/trust/threats.ts";

test("a verifier that shares no line with this one says the same word of every threat and of 500 fuzzed bundles", async () => {
  const folder = await tempFolder();
  const bundles = [...threats.map(({ bytes }) => bytes), ...fuzzedBundles(500, 20261123)];
  await mkdir(join(folder, "bundles"));
  const state = { ...gatewayState, root, trustedAt: trustState.trustedAt, revoked: [] };
  await writeFile(join(folder, "state.json"), JSON.stringify(state));
  for (const [index, bytes] of bundles.entries())
    await writeFile(join(folder, "bundles", `${10_000 + index}`), bytes);

  const script = fileURLToPath(new URL("verifier.py", import.meta.url));
  const { stdout } = await promisify(execFile)("python3", [
    script,
    join(folder, "state.json"),
    join(folder, "bundles"),
  ]);

  const theirs = stdout.trim().split("\n");
  const ours = bundles.map((bytes, index) => `${10_000 + index} ${judged(bytes)}`);
  expect(theirs).toEqual(ours);
  const words = new Set(ours.slice(threats.length).map((line) => line.split(" ")[1]));
  expect(words.has("good")).toBe(true);
  expect(words.size).toBeGreaterThan(15);
}, 60_000);
