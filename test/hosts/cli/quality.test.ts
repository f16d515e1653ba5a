import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Certificate } from "#domain/quality/certificate.ts";
import type { TrainingFault } from "#simulator/faults.ts";
import { type TrainingSite, trainingSite } from "#simulator/trainingSite.ts";
import { buildProgram, type Ended, type Program, startProgram } from "#test/support/program.ts";

let program: Program;
let site: TrainingSite;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
});
afterEach(() => site?.stop());
afterAll(() => program?.remove());

/** `lastmile quality` on a training line with faults. */
async function quality(faults: readonly TrainingFault[], ...words: string[]): Promise<Ended> {
  site = trainingSite({ faults });
  const { linePort } = await site.start();
  const place = ["--port", linePort, "--baud", "19200", "--parity", "even"];
  return startProgram(program.path, ["quality", ...place, "--reads", "12", ...words]).ended;
}

describe("lastmile quality", () => {
  test("prints the certificate of a good unit and ends with 0", { timeout: 20_000 }, async () => {
    const { code, stdout } = await quality([], "--unit", "1");

    expect(stdout).toMatch(/^good: This unit reads well/m);
    expect(stdout).toMatch(/^ +32 +4 +4 +0 +0$/m);
    expect(code).toBe(0);
  });

  test("certifies a unit behind a TCP link, where nobody else can be heard", {
    timeout: 20_000,
  }, async () => {
    site = trainingSite();
    const { plc } = await site.start();
    const words = ["quality", "--tcp", `${plc.host}:${plc.port}`, "--unit", "1", "--reads", "12", "--json"];

    const { code, stdout } = await startProgram(program.path, words).ended;

    expect(JSON.parse(stdout)).toMatchObject({ verdict: "good", idleMs: 0, badShare: 0 });
    expect(code).toBe(0);
  });

  test("gives the certificate of a bad unit as one document and ends with 1", {
    timeout: 20_000,
  }, async () => {
    const { code, stdout } = await quality(["deadUnit"], "--unit", "17", "--timeout", "150", "--json");

    const certificate = JSON.parse(stdout) as Certificate;
    expect(certificate).toMatchObject({ unit: 17, verdict: "bad", good: 0, says: { code: "cause.noReply" } });
    expect(code).toBe(1);
  });

  test("certifies several units and their line, and ends with 1 where one of them is bad", {
    timeout: 30_000,
  }, async () => {
    const words = ["--unit", "1,17", "--timeout", "150", "--json"];
    const { code, stdout } = await quality(["deadUnit"], ...words);

    expect(JSON.parse(stdout)).toMatchObject({
      verdict: "bad",
      says: { code: "lineCause.oneUnit", facts: { unit: "17", units: 2 } },
      certificates: [
        { unit: 1, verdict: "good", neighbours: [] },
        { unit: 17, verdict: "bad", neighbours: [1] },
      ],
    });
    expect(code).toBe(1);
  });

  test("sends nothing where another master talks, and ends with 3", { timeout: 20_000 }, async () => {
    const { code, stdout } = await quality(["secondMaster"], "--unit", "3", "--json");

    expect(JSON.parse(stdout)).toMatchObject({ failures: [{ code: "line.taken" }] });
    expect(code).toBe(3);
  });

  test("ends with 2 without a unit, and for the broadcast", { timeout: 20_000 }, async () => {
    expect((await quality([])).stderr).toMatch(/^usage: .*--unit/);
    expect(await quality([], "--unit", "0")).toMatchObject({ code: 2 });
    expect(await quality([], "--unit", "248")).toMatchObject({ code: 2 });
  });
});
