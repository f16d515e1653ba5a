import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSite } from "#domain/site/newSite.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

const simulation = trainingSite();
let program: Program;
let folder: string;
let url: string;
let site: string;
let designs: readonly [Site, Site];

beforeAll(async () => {
  const place = await simulation.start();
  url = place.gatewayUrl;
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  site = join(folder, "two.site.json");
  designs = twoDesigns(place, url);
});
afterAll(async () => {
  await simulation.stop();
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = (...words: string[]) =>
  startProgram(program.path, words, { LASTMILE_DATA: join(folder, "data") }).ended;
const gateway = async (...words: string[]) => {
  const { code, stdout, stderr } = await run("gateway", ...words, "--json");
  if (stdout === "") throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as { total: number; rows: object[]; failures: { code: string }[] }) };
};
const design = (index: 0 | 1) => writeFile(site, printSite(designs[index]));

test("drift ends with 1, a bundle is a third side, and a rollback brings back what ran before", async () => {
  await design(0);
  expect(await gateway("rollback", url, site)).toMatchObject({
    code: 2,
    failures: [{ code: "gateway.nothingToPutBack" }],
  });
  expect(await gateway("diff", url, site)).toMatchObject({ code: 1, equal: false });
  expect(await run("gateway", "apply", url, site)).toMatchObject({ code: 0 });
  const bundle = join(folder, "one.lastmile");
  expect(await run("bundle", "make", site, "-o", bundle)).toMatchObject({ code: 0 });
  expect(await gateway("diff", url, site, "--bundle", bundle)).toMatchObject({ code: 0, total: 0 });

  await design(1);
  const planned = await gateway("diff", url, site, "--bundle", bundle);
  expect(planned).toMatchObject({ code: 1 });
  expect(planned.rows).toContainEqual({
    kind: "group",
    node: "pumps",
    name: "fast",
    designed: "150",
    bundled: "100",
    running: "100",
  });
  const said = await run("gateway", "diff", url, site, "--bundle", bundle);
  expect(said.stdout).toMatch(/^Kind +Node +Name +Designed +In the bundle +Running$/m);
  expect(await run("gateway", "apply", url, site)).toMatchObject({ code: 0 });
  expect((await gateway("diff", url, site, "--bundle", bundle)).rows).toContainEqual(
    expect.objectContaining({ name: "fast", designed: "150", bundled: "100", running: "150" }),
  );

  expect(await run("gateway", "rollback", url, site)).toMatchObject({ code: 0 });
  await design(0);
  expect(await gateway("diff", url, site, "--bundle", bundle)).toMatchObject({ code: 0, rows: [] });
}, 60_000);

test("an export that is taken again has no noise", async () => {
  const files = [join(folder, "first.json"), join(folder, "second.json")];
  for (const file of files)
    expect(await run("gateway", "snapshot", url, "-o", file)).toMatchObject({ code: 0 });

  const [first, second] = await Promise.all(files.map((file) => readFile(file, "utf8")));
  expect(second).toBe(first);
});

test("a network is asked for gateways, and only a private one", async () => {
  const { hostname } = new URL(url);
  expect(await gateway("find", `${hostname}/30`, "no.such.host.invalid")).toMatchObject({ asked: 3 });
  expect(await gateway("find", "8.8.8.0/24")).toMatchObject({
    code: 2,
    failures: [{ code: "network.rangePublic" }],
  });
});

test("what is no bundle is wrong input", async () => {
  expect(await gateway("diff", url, site, "--bundle", site)).toMatchObject({
    code: 2,
    failures: [{ code: "bundle.malformed" }],
  });
});

test("what runs there is shown, taken over into an empty site, and is no drift from then on", async () => {
  await design(1);
  expect(await run("gateway", "apply", url, site)).toMatchObject({ code: 0 });
  const empty = join(folder, "empty.site.json");
  await writeFile(empty, printSite(newSite("empty", "Empty")));

  expect(await gateway("take", url, empty, "--show")).toMatchObject({ code: 0, tags: 29 });
  expect(await gateway("take", url, empty)).toMatchObject({
    code: 0,
    lines: [
      { name: "pumps", kind: "tcp", groups: 2 },
      { name: "reservoirs", kind: "tcp", groups: 1 },
    ],
  });
  expect(await gateway("diff", url, empty)).toMatchObject({ code: 0, total: 0 });
  expect(await gateway("take", url, empty)).toMatchObject({
    code: 2,
    failures: [{ code: "gateway.siteHasTags" }],
  });
});

test("an address is read through the gateway's own port, and an unknown node names those that there are", async () => {
  const through = async (node: string, ...words: string[]) => {
    const { code, stdout } = await run("read", ...words, "--gateway", url, "--node", node, "--json");
    return { code, ...JSON.parse(stdout) };
  };

  expect(await through("pumps", "1!400007#LL:float", "1!400005:int16")).toMatchObject({
    code: 0,
    values: [
      { address: "1!400007#LL:float", words: "4086 6666", offset: 6 },
      { address: "1!400005:int16", value: expect.any(Number) },
    ],
  });
  expect(await through("pumps", "1!465000")).toMatchObject({
    code: 3,
    failures: [{ code: "gateway.refused", facts: { error: 3000 } }],
  });
  expect(await through("none", "1!400001")).toMatchObject({
    code: 2,
    failures: [{ code: "gateway.nodeUnknown", facts: { nodes: "pumps, reservoirs" } }],
  });
});
