import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CallOutput } from "#contract/contract.ts";
import type { HypothesisView, ResolveSample } from "#contract/tagViews.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";

import { resourceFolder } from "#hosts/cli/folders.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { type TrainingSite, trainingSite } from "#simulator/trainingSite.ts";
import { readTagTable } from "#test/domain/tables/reading.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";

const host = "127.0.0.1";
const trainingTable = readFileSync(join(resourceFolder, "training-site", "tags.csv"), "utf8");

let program: Program;
let folder: string;
let simulation: TrainingSite;
let linePort: string;
let plc: string;

beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  simulation = trainingSite();
  const place = await simulation.start();
  linePort = place.linePort;
  plc = `${place.plc.host}:${place.plc.port}`;
});
afterAll(async () => {
  await simulation?.stop();
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function run(...words: string[]) {
  const ended = await startProgram(program.path, words, { LASTMILE_DATA: join(folder, "data") }).ended;
  const document = words.includes("--json") ? (JSON.parse(ended.stdout) as never) : undefined;
  return { ...ended, document: document as never };
}

/** A site file with the training table, its groups read as told. */
async function siteFile(name: string, intervalMs: (group: string) => number): Promise<string> {
  const places = {
    serialPort: linePort,
    plc: { host, port: 502 },
    gatewayUrl: "",
    broker: { host, port: 1883 },
  };
  const empty: Site = { ...newSite(name, name, []), lines: trainingPlan(places).lines };
  const { tags } = readTagTable(trainingTable, {
    lines: empty.lines,
    defaultLine: "rtu",
    existing: [],
  });
  const path = join(folder, `${name}.site.json`);
  const keys = [...new Set(tags.map((tag) => `${tag.line}\n${tag.group}`))];
  const timed = keys.map((key) => {
    const [line = "", group = ""] = key.split("\n");
    return { line, name: group, intervalMs: intervalMs(group) };
  });
  await writeFile(path, printSite({ ...empty, tags, groups: timed }));
  return path;
}

interface Resolved {
  readonly verdict: string;
  readonly hypotheses: readonly HypothesisView[];
  readonly nearest: readonly HypothesisView[];
  readonly samples: readonly ResolveSample[];
}

describe("lastmile resolve", { timeout: 30_000 }, () => {
  const onLine = () => ["--port", linePort, "--baud", "19200", "--parity", "even"];

  test("finds the type and order behind a value that the display shows", async () => {
    const read = await run("read", ...onLine(), "1!400001#BL:float", "--json");
    const { values } = read.document as { values: readonly { value: number }[] };
    const shows = String(Math.round(values[0]?.value ?? 0));
    const { code, document } = await run(
      "resolve",
      ...onLine(),
      "--unit",
      "1",
      "400001",
      "--expect",
      shows,
      "--tolerance",
      "3",
      "--json",
    );

    const { verdict, hypotheses } = document as Resolved;
    expect(hypotheses?.[0], JSON.stringify(document)).toMatchObject({
      printed: "1!400001#BL",
      type: "float",
      scale: 1,
      delta: 0,
    });
    expect(code).toBe(verdict === "certain" ? 0 : 1);
  });

  test("ends with 1 when nothing fits, and shows what comes closest", async () => {
    const { code, stdout, stderr } = await run(
      "resolve",
      "--tcp",
      plc,
      "--unit",
      "1",
      "400001",
      "--expect",
      "-98765.4",
    );

    expect(stdout, stderr).toMatch(/^none: /m);
    expect(code).toBe(1);
  });

  test("takes an earlier answer along", async () => {
    const words = ["resolve", "--tcp", plc, "--unit", "1", "400001"];
    const first = await run(...words, "--expect", "230", "--tolerance", "20", "--json");
    const file = join(folder, "first.json");
    await writeFile(file, first.stdout);
    const second = await run(...words, "--expect", "230", "--tolerance", "20", "--after", file, "--json");

    expect((first.document as Resolved).samples).toHaveLength(1);
    expect((second.document as Resolved).samples).toHaveLength(2);
  });

  test("ends with 2 without a unit, an expectation or a number for the tolerance", async () => {
    const base = ["resolve", "--tcp", plc];

    expect(await run(...base, "400001", "--expect", "1")).toMatchObject({ code: 2 });
    expect(await run(...base, "1!400001")).toMatchObject({ code: 2 });
    expect(await run(...base, "1!400001", "--expect", "1", "--tolerance", "x")).toMatchObject({ code: 2 });
  });
});

describe("lastmile plan and lint", { timeout: 30_000 }, () => {
  test("finds a patient site good", async () => {
    const path = await siteFile("patient", () => 10_000);
    const { code, document } = await run("plan", path, "--json");
    const { good, lines } = document as CallOutput<"tags.plan">;

    expect([code, good], JSON.stringify(document)).toEqual([0, true]);
    expect(lines[0]).toMatchObject({ line: "rtu", groups: expect.any(Array) });
    expect(lines[0]?.load).toBeGreaterThan(0.01);
    expect(lines[0]?.own.reads).toBeLessThanOrEqual(lines[0]?.gateway.reads ?? 0);
  });

  test("names the groups that cannot keep their interval, in the plan and in the lint", async () => {
    const path = await siteFile("hasty", () => 100);
    const plan = await run("plan", path);
    const lint = await run("lint", path, "--json");

    expect(plan.code).toBe(1);
    expect(plan.stdout).toMatch(/^feeder1 .* over: every \d+ ms, \d+ ms or .* would do$/m);
    expect(lint.code).toBe(1);
    const { byId, findings } = lint.document as CallOutput<"tags.lint">;
    expect(byId["group.interval.infeasible"]).toBeGreaterThan(0);
    expect(findings[0]).toMatchObject({ severity: "error", fix: { kind: "setInterval" } });
  });

  test("says each finding in a sentence with what to do", async () => {
    const path = await siteFile("sound", () => 10_000);
    const { code, stdout } = await run("lint", path);

    expect(stdout).toMatch(/^warning tag\.value\.past53 \(rtu\/feeder1\/feeder1\/energy\): .*\.$/m);
    expect(stdout).toMatch(/^0 errors · \d+ warnings · \d+ notices$/m);
    expect(code).toBe(0);
  });
});
