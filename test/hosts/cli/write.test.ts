import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { openTcpUnit, type TcpUnit } from "#test/support/tcpUnit.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
});
afterAll(() => program.remove());

let unit: TcpUnit;
beforeEach(async () => {
  unit = await openTcpUnit("keeps");
  unit.registers.set(3, 1200);
});
afterEach(() => unit.close());

const write = (...words: string[]) =>
  startProgram(program.path, ["write", "--tcp", `127.0.0.1:${unit.port}`, "--timeout", "300", ...words])
    .ended;

test("with --yes a value is shown beside what is there, written and read back", async () => {
  const { code, stdout } = await write("3!400004", "1450", "--yes");

  expect(code).toBe(0);
  expect(stdout).toContain("unit 3   3!400004   holding 3 on the wire");
  expect(stdout).toMatch(/before +1200 +04B0\nwrite +1450 +05AA\nnow +1450 +05AA +kept/);
  expect(unit.registers.get(3)).toBe(1450);
});

test("where nobody can be asked, nothing is sent without --yes", async () => {
  const { code, stdout, stderr } = await write("3!400004", "1450");

  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--yes");
  expect(unit.functions).toEqual([]);
});

test.each([
  [["3!400004", "70000"], "value.unfit"],
  [["3!400004", "14,5"], "value.notNumber"],
  [["3!300004", "1"], "tag.accessUnfit"],
  [["3!400004.3", "1"], "tag.accessUnfit"],
  [["0!400004", "1"], "unit.broadcast"],
  [["3!400004"], "usage"],
])("%j is wrong input: %s, and nothing is sent", async (words, problem) => {
  const { code, stdout } = await write(...words, "--yes", "--json");

  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ failures: [{ code: problem }] });
  expect(unit.functions).toEqual([]);
});

test("a value that is not kept ends with 1, a unit that refuses with 3", async () => {
  unit.manner = "forgets";
  const forgotten = await write("3!400004", "1450", "--yes", "--json");
  expect(forgotten.code).toBe(1);
  expect(JSON.parse(forgotten.stdout)).toMatchObject({ kept: false, after: { text: "1200", words: "04B0" } });

  unit.manner = "refuses";
  const refused = await write("3!400004", "1450", "--yes");
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/^line\.exception: /m);
});

test("a value below zero follows two dashes", async () => {
  expect(await write("--yes", "--", "3!400004:int16", "-5")).toMatchObject({ code: 0 });
  expect(unit.registers.get(3)).toBe(0xfffb);
});
