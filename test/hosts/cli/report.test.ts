import { spawnSync } from "node:child_process";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import { nodeCrypto } from "#adapters/crypto/nodeCrypto.ts";
import { journals } from "#adapters/files/journal.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { png } from "#test/domain/photo/pictures.ts";
import { reportedSite, visitLines } from "#test/services/report/reported.ts";
import { chromiumPath } from "#test/support/browser.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
}, 60_000);
afterAll(() => program.remove());

const hasPdftotext = spawnSync("pdftotext", ["-v"]).error === undefined;

/** A site with a visit on record, and the command line beside it. */
async function place() {
  const folder = await tempFolder();
  const site = join(folder, "north.site.json");
  await writeFile(site, printSite(reportedSite));
  const journal = await journals(systemClock, nodeCrypto()).open(site);
  for (const { kind, body } of visitLines(reportedSite)) await journal.append(kind, body);
  await journal.close();
  const env = { LASTMILE_DATA: join(folder, "data"), LASTMILE_PASSPHRASE: "four words of mine" };
  return {
    site,
    at: (name: string) => join(folder, name),
    run: (...words: string[]) => startProgram(program.path, words, env).ended,
  };
}

test("a report is made, checked, signed once more, and found out when it was changed", async () => {
  const { site, at, run } = await place();

  const made = await run("report", site, "-o", at("r.html"), "--lang", "zh");
  expect(made).toMatchObject({ code: 0 });
  expect(made.stdout).toContain("所有点位均已验证");
  expect(await readFile(at("r.html"), "utf8")).toContain("站点报告");
  for (const name of ["r.html", "r.json"]) {
    const checked = await run("report", "check", at(name));
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.stdout).toMatch(/lines of evidence fit/);
  }
  expect(await run("report", "sign", at("r.json"))).toMatchObject({ code: 0 });
  expect(await run("report", "check", at("r.json"))).toMatchObject({ code: 0 });

  const text = await readFile(at("r.json"), "utf8");
  await writeFile(at("bad.json"), text.replace('"verdict": "good"', '"verdict": "best"'));
  expect(await run("report", "check", at("bad.json"))).toMatchObject({ code: 1 });
  await copyFile(at("r.json"), at("other.json"));
  await writeFile(at("other.evidence.jsonl"), "{}\n");
  const other = await run("report", "check", at("other.json"), "--json");
  expect([other.code, JSON.parse(other.stdout).problems[0].code]).toEqual([1, "report.evidenceBroken"]);
}, 90_000);

test("a wrong call ends with 2, a verdict that is bad with 1, a missing browser with 3", async () => {
  const { site, at, run } = await place();

  expect(await run("report", site)).toMatchObject({ code: 2 });
  expect(await run("report", site, "-o", at("r.txt"))).toMatchObject({ code: 2 });
  expect(await run("report", at("none.site.json"), "-o", at("r.json"))).toMatchObject({ code: 2 });
  expect(await run("report", "check", at("none.json"))).toMatchObject({ code: 2 });
  await writeFile(at("empty.site.json"), printSite({ ...reportedSite, id: "empty" }));
  expect(await run("report", at("empty.site.json"), "-o", at("e.json"))).toMatchObject({ code: 1 });
  const words = ["report", site, "-o", at("r.pdf")];
  const env = { LASTMILE_DATA: at("data"), LASTMILE_CHROMIUM: "/nowhere" };
  expect(await startProgram(program.path, words, env).ended).toMatchObject({ code: 3 });
}, 90_000);

test.runIf(chromiumPath !== undefined && hasPdftotext)(
  "a PDF in Chinese gives its text back",
  async () => {
    const { site, at, run } = await place();

    expect(await run("report", site, "-o", at("r.pdf"), "--lang", "zh")).toMatchObject({ code: 0 });

    const { stdout } = spawnSync("pdftotext", [at("r.pdf"), "-"], { encoding: "utf8" });
    for (const words of ["站点报告", "北泵站", "所有点位均已验证", "范围与覆盖率", "竣工清单"])
      expect(stdout).toContain(words);
    expect(await run("report", "check", at("r.pdf"))).toMatchObject({ code: 1 });
  },
  90_000,
);

test("an acceptance test is gone through act by act, and each call says where it stands", async () => {
  const { site, at, run } = await place();
  await writeFile(at("photo.png"), png());
  const by = ["--by", "Li Wei"];

  expect(await run("accept", site, "ok", "telecom-site/cabinet/door")).toMatchObject({ code: 2 });
  expect(await run("accept", site, "plan", "telecom-site")).toMatchObject({ code: 0 });
  const photo = ["--note", "no lock", "--photo", at("photo.png")];
  expect(await run("accept", site, "nok", "telecom-site/cabinet/door", ...photo, ...by)).toMatchObject({
    code: 0,
  });
  await run("accept", site, "assign", "1", "--severity", "minor", "--owner", "Chen", ...by);
  const point = ["point", "rtu/fast/voltage", "--result", "pass", "--instrument", "Fluke 754"];
  expect(await run("accept", site, ...point, ...by)).toMatchObject({ code: 0 });
  expect(await run("accept", site, "fly")).toMatchObject({ code: 2 });
  expect(await run("accept", site, "sign", "tester", "--name", "Li Wei")).toMatchObject({ code: 0 });
  const { code, stdout } = await run("accept", site, "--json");

  expect(code).toBe(1);
  const { state, standing } = JSON.parse(stdout);
  expect(standing).toMatchObject({ grade: "open", items: { nok: 1, left: 13 } });
  expect(state.defects).toMatchObject([{ owner: "Chen", says: "no lock", photos: [state.photos[0].sha256] }]);
  expect(state.points["rtu/fast/voltage"]).toMatchObject([
    { result: "pass", stimulus: { kind: "reference", instrument: "Fluke 754" } },
  ]);
  expect(state.signatures).toMatchObject([{ role: "tester", name: "Li Wei", grade: "open" }]);
}, 90_000);
