import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import type { CallInput } from "#contract/contract.ts";
import type { NeuronConfig } from "#domain/gateway/neuronConfig.ts";
import type { Site } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { printedFingerprint, spokenFingerprint } from "#domain/trust/fingerprint.ts";
import {
  delegate,
  fingerprintOf,
  makeKey,
  makeRoot,
  revoke,
  rotateRoot,
  signAlso,
  takeDocument,
} from "#services/trustDesk.ts";
import type { World } from "#services/world.ts";
import { openGateway } from "#simulator/gateway/gateway.ts";
import { type Applier, unpaired } from "#test/applier/applier.ts";
import { plainTag, pumpSite } from "#test/domain/site/pumpSite.ts";
import { signIn } from "#test/simulator/gatewayClient.ts";
import { openTcpUnit, type TcpUnit } from "#test/support/tcpUnit.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let unit: TcpUnit;
let gateway: Awaited<ReturnType<typeof openGateway>>;
let bench: TestWorkbench;
beforeAll(async () => {
  unit = await openTcpUnit("keeps");
  gateway = await openGateway({ host: "127.0.0.1", port: 0, now: Date.now, openPort: async () => undefined });
  bench = await testWorkbench();
});
afterAll(async () => {
  await bench.close();
  await gateway.close();
  await unit.close();
});

/** Somebody else's computer: the same program with other secrets. */
const computer = (): World => ({ ...bench.world, secrets: memorySecrets() });
async function upload(id: string, bytes: Uint8Array): Promise<string> {
  await bench.call("upload.append", { id, text: Buffer.from(bytes).toString("base64") });
  return id;
}

/** Makes the next bundle of the open site and puts it on the stick. */
async function bundleTo(path: string): Promise<void> {
  const job = await bench.job("bundle");
  expect(job).toMatchObject({ state: "done" });
  const parts: Buffer[] = [];
  for (let offset = 0, done = false; !done; ) {
    const read = await bench.call("download.read", { id: job.detail.download, offset });
    parts.push(Buffer.from(read.base64, "base64"));
    ({ done, next: offset } = read);
  }
  await writeFile(path, Buffer.concat(parts));
}

async function checked(bundle: string, root: Uint8Array, receipt?: string) {
  return bench.call("bundle.check", {
    uploadId: await upload("bundle", await readFile(bundle)),
    rootId: await upload("root", root),
    ...(receipt !== undefined && { receiptId: await upload("receipt", await readFile(receipt)) }),
  });
}

const password = 'a password of "four words"';

/** What the gateway would sign in to its broker with. */
async function runningPassword(): Promise<unknown> {
  const client = await signIn(`http://127.0.0.1:${gateway.port}`);
  const { settings } = JSON.parse((await client.call("GET", "global/config")).text) as NeuronConfig;
  return settings.find(({ node }) => node === "uplink")?.params.password;
}

async function sitePath(box: Applier): Promise<string> {
  const plc = pumpSite.lines.find(({ id }) => id === "l2");
  const tag = plainTag({ name: "level", line: "l2", group: "pumps" });
  const site = {
    ...pumpSite,
    lines: [{ ...plc, host: "127.0.0.1", port: unit.port }],
    groups: [{ line: "l2", name: "pumps", intervalMs: 500 }],
    tags: [tag],
  } as Site;
  const path = join(box.folder, "north.site.json");
  await writeFile(path, printSite(site));
  return path;
}

test("owners, organisation and technician pass trust on; a bundle is applied from a stick and its receipt proves it", async () => {
  const [first, second, company, stranger] = [computer(), computer(), computer(), computer()];
  const keys = [await makeKey(first, "root"), await makeKey(second, "root")];
  const root = await signAlso(second, await makeRoot(first, "North Water", 2, keys));
  const scope = { sites: ["*"], actions: ["apply:neuron"], notAfter: "2099-12-31T23:59:59.999Z" };
  const companyKey = await makeKey(company, "organisation");
  const forCompany = { role: "organisation", name: "Field Co", key: companyKey, ...scope } as const;
  const organisation = await signAlso(second, await delegate(first, forCompany));
  const own = await makeKey(bench.world, "technician");
  const forLi = { role: "technician", name: "Li Wei", key: own, ...scope, sites: ["nps-07"] } as const;
  const technician = await delegate(company, forLi);
  for (const document of [organisation, technician]) await takeDocument(bench.world, document);

  const box = await unpaired("dash", `http://127.0.0.1:${gateway.port}`);
  const at = (name: string) => join(box.folder, name);
  await writeFile(at("root.dsse"), root);
  const paired = await box.run(["pair", "GW-1", at("root.dsse"), pumpSite.id, pumpSite.name]);
  const identity = JSON.parse(paired.stdout) as CallInput<"gateway.pair">;
  await bench.call("site.open", { path: await sitePath(box) });
  const stolen = { ...identity, sealKey: Buffer.alloc(32, 1).toString("base64") };
  await expect(bench.call("gateway.pair", stolen)).rejects.toThrow("trust.sealUnproved");
  await bench.call("gateway.pair", identity);
  await bench.call("uplink.setPassword", { password });
  await bundleTo(at("1"));
  const patience = { LASTMILE_HEALTH_SECONDS: "30" };

  expect(await box.run(["apply", at("1")], patience)).toMatchObject({ code: 0 });
  expect(await runningPassword()).toBe(password);
  for (const file of ["1", "1.receipt", "north.site.json", "north.evidence.jsonl"])
    expect(await readFile(at(file), "utf8")).not.toContain("four words");
  expect(await checked(at("1"), root, at("1.receipt"))).toMatchObject({
    good: true,
    trust: { owner: "North Water", organisation: "Field Co", technician: "Li Wei" },
    receipt: { outcome: "applied", seq: 1, serial: "GW-1", attestedBy: "gateway" },
  });
  await bench.call("bundle.receipt", { uploadId: await upload("r", await readFile(at("1.receipt"))) });
  await bundleTo(at("2"));
  expect(await box.run(["apply", at("2")], patience)).toMatchObject({ code: 0 });
  expect(await checked(at("2"), root, at("1.receipt"))).toMatchObject({
    good: false,
    problems: [{ code: "receipt.otherBundle" }],
  });
  expect((await box.run(["apply", at("1")])).stderr).toContain("refused: trust.seqOld");

  const other = await makeRoot(stranger, "North Water", 1, [await makeKey(stranger, "root")]);
  expect(await checked(at("2"), other)).toMatchObject({ problems: [{ code: "trust.rootWrong" }] });
  await takeDocument(bench.world, await revoke(company, undefined, [own]));
  await bundleTo(at("3"));
  expect((await box.run(["apply", at("3")])).stderr).toContain("refused: trust.revoked");
  expect(await checked(at("3"), root)).toMatchObject({ problems: [{ code: "trust.revoked" }] });

  const shared = await rotateRoot(first, root, { revoked: [companyKey] });
  await takeDocument(bench.world, await signAlso(second, shared));
  await bundleTo(at("4"));
  expect(await checked(at("4"), root)).toMatchObject({
    problems: [{ code: "trust.revoked", facts: { name: "Field Co" } }],
  });
}, 90_000);

test("nobody delegates without the key of the role, and no root asks for more keys than there are", async () => {
  const scope = { sites: ["*"], actions: ["report"], notAfter: "2099-12-31T23:59:59.999Z" };
  const key = await makeKey(computer(), "technician");

  const given = delegate(computer(), { role: "technician", name: "Li", key, ...scope });
  expect(await thrown(given)).toMatchObject({ code: "trust.keyMissing", role: "organisation" });
  const world = computer();
  const own = await makeKey(world, "root");
  expect(await thrown(makeRoot(world, "North Water", 2, [own]))).toMatchObject({ code: "input.invalid" });
  const wrong = delegate(world, { role: "organisation", name: "Li", key: "abc", ...scope });
  expect(await thrown(wrong)).toMatchObject({ code: "input.invalid" });
  expect(await thrown(takeDocument(world, new Uint8Array(3)))).toMatchObject({
    code: "trust.documentInvalid",
  });
});

test("a fingerprint can be compared by eye and read out over the telephone", () => {
  const print = fingerprintOf(bench.world, Buffer.alloc(32).toString("base64"));

  expect(printedFingerprint(print)).toBe("6668 7aad f862 bd77 6c8f");
  expect(spokenFingerprint(print)).toBe(
    "six six six eight, seven alfa alfa delta, foxtrot eight six two, bravo delta seven seven, six charlie eight foxtrot",
  );
});
