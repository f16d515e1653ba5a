import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newSite } from "#domain/site/newSite.ts";
import type { Bridge } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { openBroker } from "#simulator/broker.ts";
import { openEkuiper, type VirtualEkuiper } from "#simulator/ekuiper/ekuiper.ts";
import type { Listening } from "#simulator/listening.ts";
import { openNanomq, type VirtualNanomq } from "#simulator/nanomq/nanomq.ts";
import { usualFile } from "#simulator/nanomq/usualFile.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";

let cloud: Listening;
let nanomq: VirtualNanomq;
let ekuiper: VirtualEkuiper;
let program: Program;
let folder: string;
let site: string;
let conf: string;

beforeAll(async () => {
  cloud = await openBroker("127.0.0.1", 0, { username: "pump", password: "s3cret" });
  nanomq = await openNanomq({ host: "127.0.0.1", port: 0 });
  ekuiper = await openEkuiper("127.0.0.1", 0);
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  site = join(folder, "pump.site.json");
  conf = join(folder, "nanomq.conf");
  const bridge: Bridge = {
    url: `http://127.0.0.1:${nanomq.port}`,
    user: "admin",
    name: "cloud",
    server: `mqtt-tcp://127.0.0.1:${cloud.port}`,
    version: "3.1.1",
    clientId: "site42",
    cleanStart: false,
    keepAliveSeconds: 30,
    username: "pump",
    queueLength: 1024,
    forwards: [{ local: "plant/#", remote: "", qos: 1 }],
    subscriptions: [],
  };
  await writeFile(site, printSite({ ...newSite("site42", "Pump house"), bridge }));
  await writeFile(conf, usualFile);
});
afterAll(async () => {
  await nanomq?.close();
  await ekuiper?.close();
  await cloud?.close();
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function run(...words: string[]) {
  const env = { LASTMILE_DATA: join(folder, "data"), LASTMILE_BRIDGE_PASSWORD: "s3cret" };
  const { code, stdout, stderr } = await startProgram(program.path, ["gateway", ...words, "--json"], env)
    .ended;
  if (stdout === "") throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Record<string, unknown>) };
}

test("the bridge is compared, applied and put back from the command line, with exit codes", async () => {
  const url = `http://127.0.0.1:${nanomq.port}`;
  expect(await run("nanomq", "status", url)).toMatchObject({ code: 0, version: "0.25.5-7", bridges: [] });
  expect(await run("nanomq", "apply", url, site)).toMatchObject({
    code: 2,
    failures: [{ code: "nanomq.fileNeeded" }],
  });
  expect(await run("nanomq", "diff", url, site, "--conf", conf)).toMatchObject({
    code: 1,
    rows: [{ kind: "bridge", change: "add", item: "cloud" }],
  });

  expect(await run("nanomq", "apply", url, site, "--conf", conf)).toMatchObject({ code: 0, good: true });

  await writeFile(conf, nanomq.file);
  const kept = join(folder, "kept.json");
  expect(await run("nanomq", "snapshot", url, "-o", kept)).toMatchObject({ code: 0 });
  expect(await readFile(kept, "utf8")).not.toContain("s3cret");
  expect(await run("nanomq", "rollback", url, site, "--conf", conf)).toMatchObject({ code: 0, good: true });
  expect(nanomq.file).toBe(usualFile);
}, 120_000);

test("rules are taken from one eKuiper and put on it again", async () => {
  const url = `http://127.0.0.1:${ekuiper.port}`;
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
  await post("/streams", { sql: 'CREATE STREAM neuron () WITH (FORMAT="json")' });
  await post("/rules", { id: "all", sql: "SELECT * FROM neuron", actions: [{ log: {} }] });

  expect(await run("ekuiper", "take", url, site)).toMatchObject({
    code: 0,
    taken: { rules: [{ id: "all" }] },
  });
  await fetch(`${url}/rules/all`, { method: "DELETE" });

  expect(await run("ekuiper", "diff", url, site)).toMatchObject({ code: 1, total: 1 });
  expect(await run("ekuiper", "apply", url, site)).toMatchObject({ code: 0, good: true });
  expect(await run("ekuiper", "status", url)).toMatchObject({
    code: 0,
    streams: ["neuron"],
    rules: [{ id: "all", status: "running" }],
  });
}, 120_000);
