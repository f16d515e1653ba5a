import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { lossRun } from "#test/support/standin/lossRun.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

/** What was under way at a broken connection, and what a killed program was told a moment before, come twice. */
const mostCopies = 3000;

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/standin/publishingProgram.ts");
});
afterAll(() => program.remove());

test("of 20,000 messages made offline none is lost by two kills of the publisher and a restart of the broker", async () => {
  const { lost, copies } = await lossRun(20_000, await tempFolder(), (words) => {
    const child = startProgram(program.path, words);
    onTestFinished(() => child.kill("SIGKILL"));
    return child;
  });

  expect(lost).toBe(0);
  expect(copies).toBeLessThan(mostCopies);
}, 120_000);
