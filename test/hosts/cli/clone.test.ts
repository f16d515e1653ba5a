import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSite } from "#domain/site/newSite.ts";
import { printSite } from "#domain/site/siteFile.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { trainingPlan } from "#simulator/trainingPlan.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";

let program: Program;
let folder: string;
beforeAll(async () => {
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  const plan = trainingPlan({
    serialPort: "/dev/ttyUSB0",
    plc: { host: "{{plc}}", port: 502 },
    gatewayUrl: "http://10.0.0.1:7000",
    broker: { host: "broker.example", port: 1883 },
  });
  const { line = "", name: group = "" } = plan.groups[0] ?? {};
  const level: Tag = {
    ...{ line, group, name: "level", type: "uint16", access: ["read"], unit: "mm", description: "" },
    ...{ address: { unit: 1, area: "holding", offset: 0 }, scale: 1, bias: 0, precision: 0 },
  };
  const template = {
    ...newSite("pump", "Pump"),
    ...plan,
    id: "pump",
    name: "Pump",
    training: false,
    tags: [level],
  };
  await writeFile(join(folder, "pump.site.json"), printSite(template));
});
afterAll(async () => {
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function run(...words: string[]) {
  const ended = await startProgram(program.path, [...words, "--json"], {
    LASTMILE_DATA: join(folder, "data"),
  }).ended;
  return { code: ended.code, document: JSON.parse(ended.stdout) as never };
}

test("a template and a table become a folder of sites, of which two differ in their variables alone", async () => {
  // As a spreadsheet on a Chinese system saves it.
  const table = Buffer.concat([
    Buffer.from("name;path;plc\r\n"),
    Buffer.from([0xb1, 0xb1]), // 北
    Buffer.from(";A/North;10.0.1.2\r\nSouth;A/South;10.0.2.2\r\n"),
  ]);
  await writeFile(join(folder, "sites.csv"), table);
  const output = join(folder, "made");
  const order = ["clone", join(folder, "pump.site.json"), "--table", join(folder, "sites.csv"), "-o", output];

  expect(await run(...order)).toEqual({ code: 0, document: { folder: output, sites: 2 } });

  expect(await readFile(join(output, "index.csv"), "utf8")).toMatch(/^name,id,folder.*\r\n北,/);
  const site = (slug: string) => join(output, slug, `${slug}.site.json`);
  const { code, document } = await run("clone", "diff", site("北"), site("south"));
  expect(code).toBe(1);
  const { differences } = document as { readonly differences: readonly { readonly field: string }[] };
  expect(differences.map(({ field }) => field)).toEqual([
    "id",
    "name",
    "path.2",
    "lines.plc.host",
    "uplink.clientId",
  ]);
  expect((await run("clone", "diff", site("south"), site("south"))).code).toBe(0);
  expect(await run("bundle", "check", join(output, "south", "south-1.lastmile"))).toMatchObject({
    code: 0,
    document: { good: true, site: "South" },
  });
  expect(await run(...order)).toMatchObject({ code: 2, document: { failures: [{ code: "file.exists" }] } });
});

test("a table that does not fit is told with its place, and nothing is made", async () => {
  await writeFile(join(folder, "wrong.csv"), "name,plc,uplink.port\nNorth,10.0.1.2,99999\n");
  const output = join(folder, "wrong");

  const { code, document } = await run(
    ...["clone", join(folder, "pump.site.json"), "--table", join(folder, "wrong.csv"), "-o", output],
  );

  expect(code).toBe(2);
  expect(document).toMatchObject({
    failures: [{ code: "file.notASite", at: { row: 2, field: "uplink.port" } }],
  });
  expect((await run("clone", join(folder, "pump.site.json"))).code).toBe(2);
});
