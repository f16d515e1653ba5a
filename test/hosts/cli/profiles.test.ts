import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { profileFolder, profileText } from "#test/domain/profile/shipped.ts";
import { pumpSite } from "#test/domain/site/pumpSite.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

let program: Program;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
}, 60_000);
afterAll(() => program.remove());

async function place() {
  const folder = await tempFolder();
  const site = join(folder, "pump.site.json");
  await writeFile(site, printSite(pumpSite));
  const run = (...words: string[]) =>
    startProgram(program.path, words, { LASTMILE_DATA: join(folder, "data") }).ended;
  return {
    folder,
    site,
    run,
    async json(...words: string[]) {
      const { code, stdout } = await run(...words, "--json");
      return { code, document: JSON.parse(stdout) };
    },
  };
}

test("profiles are listed, shown with their sources, and proposed with their certainty", async () => {
  const { run, json } = await place();

  const { code, document } = await json("profiles", "list");
  expect([code, document.problems]).toEqual([0, []]);
  expect(document.profiles.length).toBeGreaterThanOrEqual(17);

  const shown = await run("profiles", "show", "abb-a43");
  expect(shown.stdout).toMatch(/active_power +5B14 +23316 +holding +int32 +W/);
  expect(shown.stdout).toContain("ABB A43/A44 user manual");

  const proposed = await json("profiles", "propose", "--vendor", "Lastmile", "--product", "Training Meter");
  expect(proposed).toMatchObject({
    code: 0,
    document: [{ profile: "lastmile-training-meter", certainty: "sure" }],
  });
  expect((await json("profiles", "propose", "--vendor", "Acme")).code).toBe(1);
  expect((await json("profiles", "show", "none")).code).toBe(2);
});

test("a profile file is checked: 0 when good, 1 with what is wrong", async () => {
  const { folder, run, json } = await place();
  const bad = join(folder, "bad.json");
  await writeFile(bad, profileText("abb-a43.json").replace('"value": 404.2', '"value": 40.42'));

  expect((await run("profiles", "check", join(profileFolder, "abb-a43.json"))).code).toBe(0);
  expect(await json("profiles", "check", bad)).toMatchObject({
    code: 1,
    document: { problems: [{ code: "profile.goldenWrong", facts: { expected: "40.42", found: "404.2" } }] },
  });
  expect((await run("profiles", "check", join(folder, "none.json"))).code).toBe(2);
});

test("a profile's points become tags of a site", async () => {
  const { site, json } = await place();

  const made = await json(
    "profiles",
    "tags",
    "eastron-sdm120",
    "--site",
    site,
    "--unit",
    "7",
    "--points",
    "voltage,active_power",
  );

  expect(made).toMatchObject({ code: 0, document: { taken: 2 } });
  const read = parseSite(await readFile(site, "utf8"));
  expect(read.ok && read.value.tags.slice(-2)).toMatchObject([
    { group: "unit7", name: "unit7/voltage", address: { unit: 7, area: "input", offset: 0, order: "LL" } },
    { name: "unit7/active_power", unit: "W" },
  ]);
  expect((await json("profiles", "tags", "eastron-sdm120", "--site", site, "--unit", "300")).code).toBe(2);
});

test("a site goes out as a W3C description and in again without a change", async () => {
  const { folder, site, run, json } = await place();
  const file = join(folder, "thing.jsonld");

  expect((await run("thing", "export", "--site", site, "-o", file, "--format", "td")).code).toBe(0);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
    "@type": "Thing",
    properties: {
      "l1/meter/voltage": {
        forms: [{ "modv:entity": "HoldingRegister", "modv:address": 0, "modv:mostSignificantWord": false }],
      },
    },
  });
  const back = await json("thing", "import", file, "--site", site);
  expect(back).toMatchObject({
    code: 0,
    document: { mapped: pumpSite.tags.length, unmapped: [], unused: [] },
  });
  await writeFile(file, "{}");
  expect((await run("thing", "import", file, "--site", site)).code).toBe(2);
});
