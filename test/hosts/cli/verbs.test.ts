import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Uplink } from "#domain/site/site.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { trainingTable } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";
import { type CommandLine, commandLine, simulatedSite } from "./simulated.ts";

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli?.close());

const rtu = ["--port", "tcp://127.0.0.1:15020", "--baud", "19200", "--parity", "even"];
const plc = ["--tcp", "127.0.0.1:15021"];
const gateway = "http://127.0.0.1:17000";
const codes = (document: { readonly failures: readonly { readonly code: string }[] }) =>
  document.failures.map(({ code }) => code);

test("a wrong word is told with its code, in the language asked for, and ends with 2", async () => {
  const unknown = await cli.run("frobnicate");
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toMatch(/^usage: .*frobnicate/);
  const chinese = await cli.run("frobnicate", "--lang", "zh");
  expect(chinese.stderr).toMatch(/^usage: .*\p{Script=Han}/u);
  expect((await cli.run("ports", "--lang=zh", "--colour")).stderr).toMatch(/\p{Script=Han}/u);
  expect(await cli.run("ports", "--colour")).toMatchObject({ code: 2 });
  expect(await cli.run("scan")).toMatchObject({ code: 2 });
  expect(await cli.run("scan", ...plc, "--units", "0-3")).toMatchObject({ code: 2 });
  expect(await cli.run("scan", "--tcp", "127.0.0.1:70000")).toMatchObject({ code: 2 });
  expect(await cli.run("scan", ...rtu.slice(0, 4), "--parity", "strange")).toMatchObject({ code: 2 });
  const { code, document } = await cli.json("gateway", "apply", "nowhere");
  expect([code, codes(document)]).toEqual([2, ["gateway.urlInvalid"]]);
});

test("help and version are good, and name every verb", async () => {
  const help = await cli.run("--help");
  expect(help.code).toBe(0);
  for (const verb of [
    "ports",
    "scan",
    "read",
    "tags",
    "gateway",
    "uplink",
    "verify",
    "bundle",
    "simulate",
    "demo",
  ])
    expect(help.stdout).toContain(`lastmile ${verb}`);
  expect(await cli.run("--version")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect(await cli.run("read", "--help")).toMatchObject({ code: 0 });
});

test("ports are listed", async () => {
  const { code, document } = await cli.json("ports");

  expect(code).toBe(0);
  expect((document as { ports: unknown[] }).ports).toContainEqual(
    expect.objectContaining({ label: "Training line", simulated: true }),
  );
});

test("units are found over TCP and over RTU, each by its answer", async () => {
  const overTcp = await cli.json("scan", ...plc, "--units", "1-2");
  expect(overTcp).toMatchObject({ code: 0, document: { units: [{ number: 1 }] } });

  const overRtu = await cli.run("scan", ...rtu, "--units", "1-3");
  expect(overRtu.code).toBe(0);
  expect(overRtu.stdout).toContain("Lastmile Training Meter 3.3");
  expect(overRtu.stdout).toContain("Lastmile Training Pump 1.8");
  expect(overRtu.stderr).toBe("");
});

test("a port that is not there and a host that does not answer end with 3", async () => {
  const missing = await cli.json("scan", "--port", "/dev/ttyNone", "--units", "1");
  expect([missing.code, codes(missing.document)]).toEqual([3, ["line.portMissing"]]);
  const refused = await cli.json("read", "--tcp", "127.0.0.1:9", "1!400001");
  expect([refused.code, codes(refused.document)]).toEqual([3, ["line.unreachable"]]);
  expect((await cli.run("read", "--tcp", "127.0.0.1:9", "1!400001")).stderr).toMatch(
    /^line.unreachable: .+\n {2}.+\n$/,
  );
});

test("values are read with their words, the same address twice too", async () => {
  const { code, document } = await cli.json("read", ...plc, "1!400001", "1!400001", "1!400001:int16");

  expect(code).toBe(0);
  const { values } = document as { values: { value: number; words: string; offset: number }[] };
  expect(values.length).toBeGreaterThanOrEqual(2);
  for (const { words, offset } of values) expect([words.length, offset]).toEqual([4, 0]);
});

test("a bad address is wrong input; one that the device refuses is the world's failure, or a bad verdict beside a good one", async () => {
  const bad = await cli.json("read", ...plc, "1!500001");
  expect([bad.code, codes(bad.document)]).toEqual([2, ["address.malformed"]]);
  expect(await cli.run("read", ...plc, "1!400001:real")).toMatchObject({ code: 2 });
  const refused = await cli.json("read", ...plc, "1!465000");
  expect([refused.code, codes(refused.document)]).toEqual([3, ["line.exception"]]);
  expect(await cli.run("read", ...plc, "1!400001", "1!465000")).toMatchObject({ code: 1 });
});

test("watching goes on until Ctrl+C, or until nobody reads", async () => {
  const watch = cli.start("read", ...plc, "1!400001", "--watch");
  await until(() => watch.stdout().split("\n").length > 1, "a value", 8000);
  watch.kill("SIGINT");
  expect(await watch.ended).toMatchObject({ code: 0, stderr: "" });

  const shell = promisify(execFile);
  const pipe = `'${process.execPath}' '${cli.path}' read ${plc.join(" ")} '1!400001' --watch | head -1`;
  const { stdout, stderr } = await shell("sh", ["-c", pipe], { timeout: 8000 });
  expect(stdout.split("\n")).toHaveLength(2);
  expect(stderr).toBe("");
  for (const words of ["--help", "ports", "ports --json"]) {
    const deaf = await shell("sh", ["-c", `'${process.execPath}' '${cli.path}' ${words} | true`]);
    expect(deaf.stderr).toBe("");
  }
});

test("Ctrl+C during a scan ends it with 130 and leaves nothing behind", async () => {
  const folders = async () => (await readdir(tmpdir())).filter((name) => /^lastmile-\w{6}$/.test(name));
  const before = await folders();
  const scan = cli.start("scan", ...rtu, "--units", "100-247", "--json");
  const own = async () => (await folders()).filter((name) => !before.includes(name));
  await until(async () => (await own()).length > 0, "the scan under way");

  scan.kill("SIGINT");

  expect(await scan.ended).toMatchObject({ code: 130, stderr: "" });
  expect(JSON.parse((await scan.ended).stdout)).toEqual({ cancelled: true });
  expect(await own()).toEqual([]);
});

test("a bad row keeps the whole table out, and says where and why", async () => {
  const rows = trainingTable.split("\n");
  rows[16] = (rows[16] ?? "").replace(/,\d+!\d+/, ",3!999999");
  const file = join(cli.folder, "bad.csv");
  await writeFile(file, rows.join("\n"));
  const before = await readFile(cli.site, "utf8");

  const { code, document } = await cli.json("tags", "import", file, "--site", cli.site);

  expect(code).toBe(2);
  expect(document).toEqual({
    failures: [expect.objectContaining({ code: "address.malformed", at: { row: 17, column: "address" } })],
  });
  expect(await readFile(cli.site, "utf8")).toBe(before);
  const human = await cli.run("tags", "import", file, "--site", cli.site);
  expect(human.stderr.match(/address\.malformed \(row 17, address\)/g)).toHaveLength(1);
  expect(await cli.run("tags", "import", "none.csv", "--site", cli.site)).toMatchObject({ code: 2 });
  expect(await cli.run("tags", "import", file, "--site", "none.site.json")).toMatchObject({ code: 2 });
  expect(await cli.run("tags", "import", file)).toMatchObject({ code: 2 });
});

test("a good table is in the site file afterwards, and comes out again", async () => {
  const file = join(cli.folder, "tags.csv");
  await writeFile(file, trainingTable);

  const { code, document } = await cli.json("tags", "import", file, "--site", cli.site);

  expect([code, document]).toMatchObject([0, { rows: 40, taken: 40, problems: [] }]);
  const site = parseSite(await readFile(cli.site, "utf8"));
  expect(site.ok && site.value.tags.length).toBe(40);
  const out = join(cli.folder, "out.csv");
  expect(await cli.run("tags", "export", "--site", cli.site, "-o", out)).toMatchObject({ code: 0 });
  expect((await readFile(out, "utf8")).trimEnd().split("\n")).toHaveLength(41);
  expect(await cli.json("tags", "import", out, "--site", cli.site)).toMatchObject({
    code: 0,
    document: { same: 40, added: 0, changed: 0 },
  });
  const nowhere = await cli.json("tags", "export", "--site", cli.site, "-o", "/none/out.csv");
  expect([nowhere.code, codes(nowhere.document)]).toEqual([3, ["file.unwritable"]]);
  expect(await cli.json("tags", "check", "--site", cli.site)).toMatchObject({
    code: 0,
    document: { problems: [] },
  });
});

test("a gateway is looked at, and a wrong password is refused by it", async () => {
  expect(await cli.json("gateway", "status", gateway)).toMatchObject({
    code: 0,
    document: { version: "2.15.1", defaultPassword: true },
  });
  const wrong = await cli.json("gateway", "status", gateway, "--password", "1111");
  expect([wrong.code, codes(wrong.document)]).toEqual([3, ["gateway.loginRefused"]]);
  const nobody = await cli.json("gateway", "status", "http://127.0.0.1:9");
  expect([nobody.code, codes(nobody.document)]).toEqual([3, ["gateway.unreachable"]]);
  expect(await cli.run("gateway", "status")).toMatchObject({ code: 2 });
  const file = join(cli.folder, "snapshot.json");
  expect(await cli.run("gateway", "snapshot", gateway, "-o", file)).toMatchObject({ code: 0 });
  expect(JSON.parse(await readFile(file, "utf8"))).toHaveProperty("nodes");
});

test("an uplink is checked stage by stage before the gateway has anything", async () => {
  const checked = await cli.run("uplink", "check", cli.site);
  expect(checked.code).toBe(0);
  expect(checked.stdout.match(/^✓/gm)).toHaveLength(11);
  const silent = await cli.json("uplink", "check", cli.site, "--gateway", gateway);
  expect(silent).toMatchObject({ code: 1, document: { good: false } });
  const other = join(cli.folder, "other.site.json");
  const uplink = { ...(simulatedSite.uplink as Uplink), port: 9 };
  await writeFile(other, printSite({ ...simulatedSite, uplink }));
  const gone = await cli.run("uplink", "check", other);
  expect([gone.code, gone.stderr]).toEqual([3, expect.stringMatching(/^uplink\.unreachable: /)]);
  const chinese = await cli.run("uplink", "check", other, "--lang", "zh");
  expect(chinese.stdout).toMatch(/\p{Script=Han}/u);
  await writeFile(other, printSite({ ...simulatedSite, uplink: null }));
  const none = await cli.json("uplink", "check", other);
  expect([none.code, codes(none.document)]).toEqual([2, ["uplink.none"]]);
}, 60_000);

test("a site is applied, proved, and handed over in a bundle that shows any change", async () => {
  const wrong = await cli.json("gateway", "apply", gateway, cli.site, "--password", "1111");
  expect([wrong.code, codes(wrong.document)]).toEqual([3, ["gateway.loginRefused"]]);
  const applied = await cli.run("gateway", "apply", gateway, cli.site);
  expect([applied.code, applied.stderr]).toEqual([0, ""]);
  expect(applied.stdout.match(/^✓/gm)).toHaveLength(6);

  const proved = await cli.json("verify", cli.site);
  expect(proved).toMatchObject({ code: 0, document: { good: true, proved: 40, total: 40 } });

  const file = join(cli.folder, "station.lastmile");
  expect(await cli.run("bundle", "make", cli.site)).toMatchObject({ code: 2 });
  expect(await cli.run("bundle", "make", cli.site, "-o", file)).toMatchObject({ code: 0 });
  expect(await cli.json("bundle", "check", file)).toMatchObject({
    code: 0,
    document: { good: true, site: "Station" },
  });
  const bytes = await readFile(file);
  const at = bytes.indexOf("voltage_l1");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
  const tampered = await cli.json("bundle", "check", file);
  expect([tampered.code, (tampered.document as { problems: unknown[] }).problems]).toMatchObject([
    1,
    [{ code: "bundle.tampered" }],
  ]);
  expect(await cli.run("bundle", "check", "none.lastmile")).toMatchObject({ code: 2 });
  expect(await cli.run("bundle", "open", file)).toMatchObject({ code: 2 });
}, 60_000);

test("keys of trust are made and shown for eye and ear; nobody signs for a role without its key", async () => {
  const key = await cli.json("trust", "key", "technician");
  expect(key).toMatchObject({
    code: 0,
    document: {
      key: expect.stringMatching(/^.{43}=$/),
      fingerprint: expect.stringMatching(/^(\w{4} ?){5}$/),
    },
  });
  const list = await cli.json("trust", "revoke", "--keys", "x", "-o", join(cli.folder, "list.dsse"));
  expect([list.code, codes(list.document)]).toEqual([2, ["trust.keyMissing"]]);
  expect(await cli.run("trust", "key", "guest")).toMatchObject({ code: 2 });
  expect(await cli.run("trust")).toMatchObject({ code: 2 });
  expect(await cli.run("trust", "take", cli.site)).toMatchObject({ code: 2 });
});

test("a proof with a tag that the gateway reads otherwise ends with 1 and names the tag", async () => {
  const text = await readFile(cli.site, "utf8");
  const other = join(cli.folder, "swapped.site.json");
  await writeFile(other, text.replace("1!400001#BL", "1!400001#LB"));

  const { code, stdout } = await cli.run("verify", other);

  expect(code).toBe(1);
  expect(stdout).toMatch(/voltage_l1 .*LB|voltage_l1 .*BL/);
  expect(stdout).toContain("39 of 40 proved");
}, 60_000);

test("a verb that is stopped in the middle of an apply puts the old configuration back and ends with 130", async () => {
  const before = await cli.json("gateway", "snapshot", gateway);
  const other = join(cli.folder, "dead.site.json");
  const site = parseSite(await readFile(cli.site, "utf8"));
  if (!site.ok) throw new Error("the site file is good");
  const lines = site.value.lines.map((line) => (line.kind === "tcp" ? { ...line, port: 9 } : line));
  await writeFile(other, printSite({ ...site.value, lines }));
  const apply = cli.start("gateway", "apply", gateway, other);
  await until(
    async () => {
      const { document } = await cli.json("gateway", "snapshot", gateway);
      return JSON.stringify(document) !== JSON.stringify(before.document);
    },
    "the new configuration",
    10_000,
  );

  apply.kill("SIGINT");

  expect(await apply.ended).toMatchObject({ code: 130 });
  expect(await cli.json("gateway", "snapshot", gateway)).toEqual(before);
}, 30_000);

test("the simulation ends well when it is stopped", async () => {
  cli.simulation.kill("SIGINT");

  expect(await cli.simulation.ended).toMatchObject({ code: 0, stderr: "" });
  expect(await cli.run("simulate", "--fault", "gremlins")).toMatchObject({ code: 2 });
  const again = cli.start("simulate", "--json");
  await until(() => again.stdout().endsWith("}\n"), "the place as JSON", 5000);
  again.kill("SIGTERM");
  expect(JSON.parse((await again.ended).stdout)).toMatchObject({ gatewayUrl: gateway });
});
