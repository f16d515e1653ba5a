import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import type { CallOutput } from "#contract/contract.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { envelop, type Receipt, receiptKind } from "#domain/trust/documents.ts";
import { addSignature } from "#services/report/addSignature.ts";
import { delegate, makeKey, makeRoot, takeDocument } from "#services/trustDesk.ts";
import type { World } from "#services/world.ts";
import { pumpSite } from "#test/domain/site/pumpSite.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { bytesOf } from "./reported.ts";

let bench: TestWorkbench;
let root: Uint8Array;
let bundle: Buffer;
let receipt: Uint8Array;
let report: Buffer;
beforeAll(async () => {
  bench = await testWorkbench();
  const path = join(bench.folder, "north.site.json");
  await writeFile(path, printSite(pumpSite));
  await bench.call("site.open", { path });
  root = await trust();
  const made = await bench.job("bundle");
  bundle = await bytesOf(bench, made.detail.download);
  receipt = await receiptOf(made.detail.digest);
  await upload("told", receipt);
  await bench.call("bundle.receipt", { uploadId: "told" });
  report = await makeReport();
});
afterAll(() => bench?.close());

/** Somebody else's computer: the same program with other secrets. */
const computer = (): World => ({ ...bench.world, secrets: memorySecrets() });

/** An owner lets a company act, and that our technician. Resolves to the owner's root. */
async function trust(): Promise<Uint8Array> {
  const [owner, company] = [computer(), computer()];
  const root = await makeRoot(owner, "North Water", 1, [await makeKey(owner, "root")]);
  const scope = { sites: ["*"], actions: ["apply:neuron"], notAfter: "2099-12-31T23:59:59.999Z" };
  const key = await makeKey(company, "organisation");
  await takeDocument(
    bench.world,
    await delegate(owner, { role: "organisation", name: "Field Co", key, ...scope }),
  );
  const own = await makeKey(bench.world, "technician");
  const forLi = { role: "technician", name: "Li Wei", key: own, ...scope } as const;
  await takeDocument(bench.world, await delegate(company, forLi));
  return root;
}

async function receiptOf(digest: string, change: Partial<Receipt> = {}): Promise<Uint8Array> {
  const kept = JSON.parse((await bench.world.secrets.get("signing")) ?? "");
  const document: Receipt = {
    format: 1,
    bundle: digest,
    seq: 1,
    gateway: { serial: "GW-1", key: kept.publicKey },
    outcome: "applied",
    because: "",
    configBefore: "0".repeat(64),
    configAfter: "1".repeat(64),
    neuron: "2.15.1",
    bootId: "b1",
    counter: 1,
    at: "2026-11-23T08:00:00.000Z",
    clock: "synced",
    attestedBy: "technician",
    ...change,
  };
  const sign = (bytes: Uint8Array) => bench.world.crypto.sign(kept.privateKey, bytes);
  return envelop(receiptKind, document, [{ publicKey: kept.publicKey, sign }]);
}

async function makeReport(): Promise<Buffer> {
  const { detail } = await bench.job("report", { form: "json", language: "en" });
  return bytesOf(bench, detail.files[0]?.download ?? "");
}

const upload = (id: string, bytes: Uint8Array) =>
  bench.call("upload.append", { id, text: Buffer.from(bytes).toString("base64") });

async function check(change: Readonly<Record<string, Uint8Array>> = {}): Promise<CallOutput<"report.check">> {
  const given = { report, bundle, receipt, root, ...change };
  for (const [name, bytes] of Object.entries(given)) await upload(name, bytes);
  return bench.call("report.check", {
    uploadId: "report",
    bundleId: "bundle",
    receiptId: "receipt",
    rootId: "root",
  });
}

const codes = (checked: CallOutput<"report.check">) => checked.problems.map(({ code }) => code);

test("bundle, receipt and report are checked as one chain from the owner's key", async () => {
  expect(await check()).toMatchObject({
    good: true,
    bundle: "fits",
    trusted: "Li Wei",
    receipt: { outcome: "applied", serial: "GW-1", attestedBy: "technician" },
    problems: [],
  });
});

test("what does not belong together is told by name", async () => {
  const stranger = await makeRoot(await withKey(), "North Water", 1, [await rootKey()]);
  expect(codes(await check({ root: stranger }))).toEqual(["trust.rootWrong"]);

  const counted = JSON.parse(report.toString()).report.configuration.bundle.digest;
  expect(codes(await check({ receipt: await receiptOf(counted, { counter: 2 }) }))).toEqual([
    "report.otherReceipt",
  ]);
  expect(codes(await check({ receipt: await receiptOf("f".repeat(64)) }))).toEqual(["receipt.otherBundle"]);

  const next = await bench.job("bundle");
  const other = await bytesOf(bench, next.detail.download);
  expect(codes(await check({ bundle: other }))).toContain("report.otherBundle");
});

test("a witness adds a key of their own, and a report by strangers alone is told", async () => {
  const witness = computer();
  const { text, key } = await addSignature(witness, report);

  const both = await check({ report: Buffer.from(text) });
  expect(both).toMatchObject({ good: true });
  expect(both.signers).toEqual([expect.any(String), key]);
  const file = JSON.parse(text);
  const alone = `${JSON.stringify({ ...file, signatures: file.signatures.slice(1) }, null, 2)}\n`;
  expect(codes(await check({ report: Buffer.from(alone) }))).toEqual(["report.signerUnknown"]);
});

let other: World | undefined;
async function withKey(): Promise<World> {
  other ??= computer();
  await makeKey(other, "root");
  return other;
}
async function rootKey(): Promise<string> {
  return makeKey(await withKey(), "root");
}
