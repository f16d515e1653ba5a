import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { parseSite } from "#domain/site/siteFile.ts";
import { buildProgram, type Program, type Started, startProgram } from "#test/support/program.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/crashingBench.ts");
});
afterAll(() => program.remove());

const linesOf = (child: Started, word: string) =>
  child
    .stdout()
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.split(" "));

test.each([0, 1, 2])(
  "a kill while edits are being saved loses none that is older than 300 ms (%i)",
  async (round) => {
    const folder = await tempFolder();
    const child = startProgram(program.path, [folder, "edits"]);
    onTestFinished(() => child.kill("SIGKILL"));
    await until(() => linesOf(child, "edit").length > 150 + 23 * round, "edits", 9000);

    child.kill("SIGKILL");
    const killedAt = Date.now();
    await child.ended;

    const path = linesOf(child, "path")[0]?.[1] ?? "";
    const site = parseSite(await readFile(path, "utf8"));
    const kept = site.ok ? Number(site.value.note.split(" ")[1]) : -1;
    const old = linesOf(child, "edit").filter(([, , at]) => Number(at) < killedAt - 300);
    expect(old.length).toBeGreaterThan(10);
    expect(kept).toBeGreaterThanOrEqual(Number(old.at(-1)?.[1]));

    const bench = await testWorkbench({ folder });
    onTestFinished(() => bench.open.close());
    await bench.call("site.open", { path });
    expect(bench.site().note).toBe(`edit ${kept}`);
  },
);

test("a kill during a scan loses no line of evidence, and the scan is shown as interrupted with what it found", async () => {
  const folder = await tempFolder();
  const child = startProgram(program.path, [folder, "scan"]);
  onTestFinished(() => child.kill("SIGKILL"));
  await until(() => linesOf(child, "scan").some(([, , asked]) => Number(asked) > 4), "units asked", 15_000);

  child.kill("SIGKILL");
  await child.ended;

  const [, path = ""] = linesOf(child, "path")[0] ?? [];
  const [, jobId = "", asked, acknowledged] = linesOf(child, "scan").at(-1) ?? [];
  const evidence = path.replace(".site.json", ".evidence.jsonl");
  const before = (await readFile(evidence, "utf8")).split("\n").slice(0, -1);
  expect(before.length).toBeGreaterThanOrEqual(Number(acknowledged));
  const bench = await testWorkbench({ folder });
  onTestFinished(() => bench.open.close());
  await bench.call("site.open", { path });

  const job = bench.tables.jobs.get(jobId);
  expect(job).toMatchObject({
    state: "interrupted",
    good: false,
    detail: { kind: "scan", from: 1, to: 247, units: [{ number: 1 }, { number: 3 }] },
  });
  expect(Number(asked)).toBeGreaterThanOrEqual(job?.detail.kind === "scan" ? job.detail.asked : 0);
  const { jobId: next } = await bench.call("job.scan", { line: "rtu", from: 1, to: 247, continues: jobId });
  const again = bench.tables.jobs.get(next)?.detail;
  expect(again).toMatchObject({ kind: "scan", units: [{ number: 1 }, { number: 3 }] });
  expect(again?.kind === "scan" ? again.asked : 0).toBeGreaterThanOrEqual(3);
  await bench.call("job.cancel", { jobId: next });
  await bench.open.jobEnded(next);
  const after = (await readFile(evidence, "utf8")).split("\n").slice(0, -1);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(bench.tables.site.get("site")?.evidence).toMatchObject({ cutBytes: 0, lines: after.length });
});
