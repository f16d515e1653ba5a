import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { openTcpUnit, type TcpUnit } from "#test/support/tcpUnit.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

const limit = "plc/tank/tank/high_limit";
const setpoint = "rtu/pump/pump/setpoint";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
  await bench.importTags();
});
afterAll(() => bench.close());

const write = (tag: string, value: string) => bench.job("write", { tag, value });
const sent = () => bench.tables.wire.items().filter((frame) => frame.direction === "sent");
const states = (job: Awaited<ReturnType<typeof write>>) => job.detail.stages.map(({ state }) => state);

interface EvidenceLine {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}
async function evidence(of: TestWorkbench, job: string): Promise<readonly EvidenceLine[]> {
  const path = of.tables.site.get("site")?.path.replace(".site.json", ".evidence.jsonl") ?? "";
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as EvidenceLine).filter(({ body }) => body.job === job);
}

test("a value over TCP is written, read back and in the evidence; what was there can be put back", async () => {
  const job = await write(limit, "3.75");

  expect(job).toMatchObject({ state: "done", good: true, detail: { after: "3.75" } });
  expect(states(job)).toEqual(["good", "good", "good"]);
  const lines = await evidence(bench, job.key);
  expect(lines.map(({ kind }) => kind)).toEqual([
    "job.started",
    "job.writeIntent",
    "job.written",
    "job.ended",
  ]);
  const words = [0x4070, 0];
  const before = lines[1]?.body.before;
  expect(lines[1]?.body).toMatchObject({
    tag: limit,
    value: "3.75",
    words,
    before: { text: job.detail.before },
  });
  expect(lines[2]?.body).toMatchObject({ tag: limit, words, before, after: { text: "3.75", words } });

  const back = await write(limit, job.detail.before ?? "");
  expect(back).toMatchObject({ good: true, detail: { before: "3.75", after: job.detail.before } });
  expect((await evidence(bench, back.key))[2]?.body).toMatchObject({ after: before });
});

test("a register and a coil of the serial line are written and read back", async () => {
  expect(await write(setpoint, "1300")).toMatchObject({ good: true, detail: { after: "1300" } });
  expect(await write(setpoint, "1450")).toMatchObject({ good: true, detail: { before: "1300" } });
  expect(await write("rtu/pump/pump/auto", "0")).toMatchObject({ good: true, detail: { after: "0" } });
  expect(await write("rtu/pump/pump/auto", "1")).toMatchObject({ good: true, detail: { before: "0" } });
});

test.each([
  ["rtu/pump/pump/speed", "5", { code: "tag.accessUnfit", facts: { reason: "readOnly" } }],
  [setpoint, "70000", { code: "value.unfit", facts: { type: "uint16" } }],
  [setpoint, "1,5", { code: "value.notNumber" }],
  ["rtu/pump/none", "1", { code: "input.invalid" }],
])("%s ← %s is refused before anything is sent", async (tag, value, failure) => {
  const before = sent().length;

  const job = await write(tag, value);

  expect(job).toMatchObject({ state: "failed", good: false, failure });
  expect(sent().length).toBe(before);
  expect((await evidence(bench, job.key)).map(({ kind }) => kind)).toEqual(["job.started", "job.ended"]);
});

test("a unit that has no such register refuses, and nothing is said to be written", async () => {
  const tag = bench.site().tags.find((one) => one.name === "tank/high_limit");
  // The tank's level can be read and not be written.
  const level = bench.site().tags.find((one) => one.name === "tank/level");
  if (!tag || !level) throw new Error("the training table has a tank");
  const wrong = { ...level, name: "tank/wrong", access: ["read", "write"] as const };
  await bench.edit({ kind: "putTags", tags: [wrong], groups: [] });

  const job = await write("plc/tank/tank/wrong", "1");

  expect(job).toMatchObject({
    state: "failed",
    failure: { code: "line.exception", facts: { exception: 2 } },
  });
  expect(states(job)).toEqual(["good", "bad", "waiting"]);
  expect(job.detail.after).toBeNull();
});

test("another master on the line: nothing is sent", async () => {
  bench.simulation.setFault("secondMaster", true);
  onTestFinished(() => bench.simulation.setFault("secondMaster", false));
  await bench.call("line.close", { line: "rtu" });
  const before = sent().length;

  const job = await write(setpoint, "1300");

  expect(job).toMatchObject({ state: "failed", failure: { code: "line.taken" }, detail: { before: null } });
  expect(sent().length).toBe(before);
});

let unit: TcpUnit;
beforeEach(async () => {
  unit = await openTcpUnit("keeps");
});
afterEach(() => unit.close());

async function useUnit(manner: TcpUnit["manner"]): Promise<void> {
  unit.manner = manner;
  // 1.5 as it stands in the unit's memory
  unit.registers.set(6, 0x3fc0).set(7, 0);
  const plc = bench.site().lines.find((line) => line.id === "plc");
  await bench.edit({ kind: "putLine", line: { ...plc, port: unit.port, timeoutMs: 300 } as never });
  onTestFinished(async () => void (await bench.edit({ kind: "putLine", line: plc as never })));
}

test("a unit that answers and forgets is caught by reading back twice", async () => {
  await useUnit("forgets");

  const job = await write(limit, "4.2");

  const failure = { code: "line.writeNotKept", facts: { unit: 1, wrote: "4.20", found: "1.50" } };
  expect(job).toMatchObject({ state: "failed", failure, detail: { before: "1.50", after: "1.50" } });
  expect(states(job)).toEqual(["good", "good", "bad"]);
  expect(unit.functions).toEqual([3, 16, 3, 3]);
});

test("a write whose answer is lost is judged by what the unit holds", async () => {
  await useUnit("keepsSilently");
  expect(await write(limit, "4.2")).toMatchObject({ good: true, detail: { after: "4.20" } });

  unit.manner = "hangs";
  const job = await write(limit, "5");
  expect(job).toMatchObject({
    good: false,
    failure: { code: "line.writeNotKept" },
    detail: { after: "4.20" },
  });
});

test("a cancel during the write does not leave it without its reading back", async () => {
  await useUnit("keepsSilently");
  const { jobId } = await bench.call("job.write", { tag: limit, value: "4.2" });
  await until(() => unit.functions.includes(16), "the write");

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "done", detail: { after: "4.20" } });
});

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/writingBench.ts");
});
afterAll(() => program.remove());

test("a kill between write and reading back leaves the intent, and the restore is offered at the next start", async () => {
  const folder = await tempFolder();
  unit.manner = "hangs";
  unit.registers.set(6, 0x3fc0);
  const child = startProgram(program.path, [folder, String(unit.port)]);
  onTestFinished(() => child.kill("SIGKILL"));
  await until(() => unit.functions.includes(16), "the write on the wire", 10_000);

  child.kill("SIGKILL");
  await child.ended;

  unit.manner = "keeps";
  const next = await testWorkbench({ folder });
  onTestFinished(() => next.open.close());
  await next.call("site.open", { path: /^path (.*)$/m.exec(child.stdout())?.[1] ?? "" });
  const [job] = next.tables.jobs.items();
  expect(job).toMatchObject({
    state: "interrupted",
    detail: { kind: "write", tag: limit, value: "4.2", before: "1.50", after: null },
  });
  const intent = (await evidence(next, job?.key ?? "")).find(({ kind }) => kind === "job.writeIntent");
  expect(intent?.body).toMatchObject({
    before: { text: "1.50", words: [0x3fc0, 0] },
    words: [0x4086, 0x6666],
  });
  expect(await next.job("write", { tag: limit, value: "1.50" })).toMatchObject({ good: true });
});
