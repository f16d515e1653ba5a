// `npm test`: everything, with the programs that real tests need. Ends with `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfOld } from "./buildIfOld.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCI = process.env.CI === "true";

/** Debian packages by the program that shows they are there. */
const programs = {
  busybox: ["busybox", "--help"],
  curl: ["curl", "--version"],
  openssl: ["openssl", "version"],
  chromium: ["chromium", "--version"],
  mbpoll: ["mbpoll", "-V"],
  mosquitto: ["mosquitto", "-h"],
  "poppler-utils": ["pdftotext", "-v"],
  socat: ["socat", "-V"],
  "python3-pymodbus": ["/usr/bin/python3", "-c", "import pymodbus"],
  "fonts-noto-cjk": ["sh", "-c", "ls /usr/share/fonts/opentype/noto/NotoSansCJK*"],
};

function run(command, args, options = {}) {
  // mosquitto lives where only root looks.
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
  return spawnSync(command, args, { cwd: root, ...options, env: { ...process.env, PATH, ...options.env } });
}

const missing = () =>
  Object.entries(programs)
    // An answer of any kind shows that the program is there; only the python module must be found.
    .filter(([, [command, ...args]]) => {
      const { error, status } = run(command, args, { stdio: "ignore" });
      return error !== undefined || (command !== "mosquitto" && status !== 0);
    })
    .map(([name]) => name);

function installMissing() {
  const names = missing();
  if (names.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && run("apt-get", ["--version"], { stdio: "ignore" }).status === 0) {
    console.log(`Installing ${names.join(" ")} …`);
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { stdio: "ignore", env });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], { stdio: "ignore", env });
  }
  const left = missing();
  if (left.length === 0) return;
  console.log(
    `Tests that need ${left.join(", ")} are skipped. To enable them: sudo apt-get install ${left.join(" ")}`,
  );
}

function counted(name, args, report, count) {
  console.log(`\n── ${name}`);
  const { status } = run(process.execPath, args, { stdio: "inherit" });
  const counts = count(report);
  // A runner that fails without a failed test has failed as a whole.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function countVitest(path) {
  const result = readJson(path);
  const skipped = (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  return { passed: result?.numPassedTests ?? 0, failed: result?.numFailedTests ?? 1, skipped };
}

function countPlaywright(path) {
  const { expected = 0, unexpected = 1, flaky = 0, skipped = 0 } = readJson(path)?.stats ?? {};
  return { passed: expected, failed: unexpected + flaky, skipped };
}

installMissing();
await buildIfOld(root);
const folder = mkdtempSync(join(tmpdir(), "lastmile-test-"));
const units = join(folder, "units.json");
const journeys = join(folder, "journeys.json");
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = journeys;
const only = process.argv.slice(2);
// The runners' own files rather than npx: the same on every system, and no shell between.
const vitest = ["node_modules/vitest/vitest.mjs", "run", "-c", "build/vitest.config.ts"];
const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${units}`];
const results = [counted("units, services, adapters", [...vitest, ...reports, ...only], units, countVitest)];
if (only.length === 0) {
  const playwright = [
    "node_modules/@playwright/test/cli.js",
    "test",
    "-c",
    "test/journeys/playwright.config.ts",
  ];
  results.push(counted("journeys", [...playwright, "--reporter=list,json"], journeys, countPlaywright));
}
rmSync(folder, { recursive: true, force: true });

const total = (key) => results.reduce((sum, counts) => sum + counts[key], 0);
const failed = total("failed") + (isCI ? total("skipped") : 0);
if (total("skipped") > 0) {
  console.log(`\n${total("skipped")} skipped${isCI ? ": here that counts as failed" : ""}`);
}
console.log(`\n${total("passed")} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
