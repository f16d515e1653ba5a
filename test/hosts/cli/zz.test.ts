import { afterAll, beforeAll, expect, test } from "vitest";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { trainingTable } from "#test/support/trainingWorkbench.ts";
import { type CommandLine, commandLine } from "./simulated.ts";
let cli: CommandLine;
beforeAll(async () => { cli = await commandLine(); });
afterAll(() => cli?.close());
test("x", async () => {
  const file = join(cli.folder, "tags.csv");
  await writeFile(file, trainingTable);
  await cli.run("tags","import",file,"--site",cli.site);
  console.log((await cli.run("gateway", "apply", "http://127.0.0.1:17000", cli.site)).stdout);
  const text = await readFile(cli.site, "utf8");
  const other = join(cli.folder, "swapped.site.json");
  await writeFile(other, text.replace("1!400001#BL", "1!400001#LB"));
  console.log(text.includes("1!400001#BL"), text.split("\n").find(l => l.includes("voltage_l1")));
  console.log(await cli.run("verify", other));
}, 60000);
