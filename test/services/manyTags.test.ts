import { expect, onTestFinished, test } from "vitest";
import { buildProgram, startProgram } from "#test/support/program.ts";

test("5,000 tags: compared within a second, applied within 15 s, in less than 400 MB, stopped when told", async () => {
  const program = await buildProgram("test/services/manyTagsBench.ts");
  onTestFinished(() => program.remove());

  const { code, stdout, stderr } = await startProgram(program.path, []).ended;

  expect(stderr).toBe("");
  expect(code).toBe(0);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ tags: 5000, state: "done", equal: true, changes: 1, differences: 100 });
  expect(told).toMatchObject({ cancelled: "cancelled", nodesAfterCancel: 0 });
  expect(told.steps).toBeGreaterThan(20);
  expect(told.diffMs).toBeLessThan(1000);
  expect(told.applyMs).toBeLessThan(15_000);
  expect(told.peakMb).toBeLessThan(400);
}, 60_000);
