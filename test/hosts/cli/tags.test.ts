import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printSite } from "#domain/site/siteFile.ts";
import { buildProgram, startProgram } from "#test/support/program.ts";
import { simulatedSite } from "./simulated.ts";

let folder: string;
let site: string;
let program: Awaited<ReturnType<typeof buildProgram>>;

beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-tags-"));
  site = join(folder, "station.site.json");
  await writeFile(site, printSite(simulatedSite));
});
afterAll(async () => {
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

const fixture = (name: string) => fileURLToPath(new URL(`../../vectors/tables/${name}`, import.meta.url));
const run = (...words: string[]) =>
  startProgram(program.path, words, { LASTMILE_DATA: join(folder, "data") }).ended;

async function json(...words: string[]) {
  const { code, stdout } = await run(...words, "--json");
  return { code, document: JSON.parse(stdout) };
}

test("a file is checked without a site: good, with bad rows, and asked for what it does not say", async () => {
  const good = await run("tags", "check", fixture("rectifier-chinese.csv"), "--unit", "1");
  expect(good).toMatchObject({ code: 0 });
  expect(good.stdout).toContain("csv · gb18030\nrow 1: ");
  expect(good.stdout).toContain("name = 参数名称");
  expect(good.stdout).toContain("not read: 序号");
  expect(good.stdout).toContain("4 of 4 rows are good");
  const bad = await run("tags", "check", fixture("broken-ranges.csv"), "--unit", "1");
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain("address.rangeUnfit (row 4, address)");
  const asked = await json("tags", "check", fixture("meter-english.csv"));
  expect([asked.code, asked.document.problems[0].facts.what]).toEqual([1, "unit"]);
});

test("good rows are taken without the bad when that is asked for, and not otherwise", async () => {
  const words = ["tags", "import", fixture("broken-thousands.csv"), "--site", site, "--unit", "1"];

  expect(await json(...words)).toMatchObject({
    code: 2,
    document: { failures: [{ code: "address.malformed" }] },
  });
  expect(await json(...words, "--take-good")).toMatchObject({ code: 0, document: { rows: 5, taken: 4 } });
});

test("columns that have other names are given by hand", async () => {
  const file = join(folder, "odd.csv");
  await writeFile(file, "Nr,Messung,Reg,Art\n1,flow,40001,S16\n");

  const { code, document } = await json(
    "tags",
    "check",
    file,
    "--unit",
    "1",
    "--map",
    "name=Messung",
    "--map",
    "type=Art",
  );

  expect([code, document.good, document.tags[0].printed]).toEqual([0, 1, "1!400001"]);
  expect(await run("tags", "check", file, "--map", "colour=Art")).toMatchObject({ code: 2 });
  expect(await run("tags", "check", file, "--base", "7")).toMatchObject({ code: 2 });
  expect(await run("tags", "check", join(folder, "none.csv"))).toMatchObject({ code: 2 });
});

test("tags come out in another program's format, which says what it loses, and come back in", async () => {
  const out = join(folder, "tags.xlsx");
  const nothing = await json("tags", "import", out, "--site", site);
  expect(nothing.code).toBe(2);

  const made = await run("tags", "export", "--site", site, "--format", "xlsx", "-o", out);
  expect([made.code, made.stdout]).toEqual([0, "4 tags\n"]);
  expect((await readFile(out)).subarray(0, 2).toString()).toBe("PK");
  expect(await json("tags", "import", out, "--site", site)).toMatchObject({
    code: 0,
    document: { format: "xlsx", same: 4, added: 0, changed: 0 },
  });
  const neuron = await run("tags", "export", "--site", site, "--format", "neuron-xlsx", "-o", out);
  expect(neuron.stdout).toContain("not carried: unit of 4 tags");
  expect(await run("tags", "export", "--site", site, "--format", "pdf")).toMatchObject({ code: 2 });
  expect(await run("tags", "export", "--site", site, "--format", "xlsx")).toMatchObject({ code: 2 });
});
