import { afterAll, beforeAll, expect, test } from "vitest";
import { envelop, readEnveloped, rootKind } from "#domain/trust/documents.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { bundleOf, organisationOf, owners, root } from "#test/support/trust/kit.ts";

const computers: TestWorkbench[] = [];
let owner: TestWorkbench;
let company: TestWorkbench;
let technician: TestWorkbench;
beforeAll(async () => {
  for (let count = 0; count < 3; count++) computers.push(await testWorkbench());
  [owner, company, technician] = computers as [TestWorkbench, TestWorkbench, TestWorkbench];
});
afterAll(() => Promise.all(computers.map((one) => one.close())));

async function saved(bench: TestWorkbench, { download }: { readonly download: string }): Promise<string> {
  return (await bench.call("download.read", { id: download, offset: 0 })).base64;
}

async function handed(bench: TestWorkbench, base64: string): Promise<string> {
  await bench.call("upload.append", { id: "d", text: base64 });
  return "d";
}

test("three computers pass trust on by documents, and each shows what it may do and why not", async () => {
  const before = await technician.call("trust.show", {});
  expect(before).toMatchObject({ keys: [], problems: [{ code: "trust.chainMissing" }], gateway: null });

  const keyOf = async (bench: TestWorkbench, role: "root" | "organisation" | "technician") =>
    (await bench.call("trust.makeKey", { role })).keys.find((key) => key.role === role)?.publicKey ?? "";
  const scope = { sites: ["nps-07"], actions: ["apply:neuron"] };
  const rootKey = await keyOf(owner, "root");
  const root = await owner.call("trust.makeRoot", { owner: "North Water", threshold: 1, keys: [rootKey] });
  expect(root.name).toBe("north-water-root-1.dsse");
  const organisation = await owner.call("trust.delegate", {
    ...scope,
    role: "organisation",
    name: "Field Co",
    key: await keyOf(company, "organisation"),
    until: "2099-12-31",
  });
  const person = await company.call("trust.delegate", {
    ...scope,
    role: "technician",
    name: "Li Wei",
    key: await keyOf(technician, "technician"),
    until: "2020-01-31",
  });
  for (const document of [await saved(owner, organisation), await saved(company, person)])
    await technician.call("trust.take", { uploadId: await handed(technician, document) });

  expect(await technician.call("trust.show", {})).toMatchObject({
    organisation: { name: "Field Co", sites: ["nps-07"] },
    technician: { name: "Li Wei", notAfter: "2020-01-31T23:59:59.999Z" },
    problems: [{ code: "trust.expired", facts: { name: "Li Wei" } }],
  });

  await technician.call("site.create", { name: "Another site", path: [] });
  const codes = (await technician.call("trust.show", {})).problems.map(({ code }) => code);
  expect(codes).toContain("trust.scopeExceeded");
});

test("a root is rotated and signed further; a list of revoked keys grows; what is no document changes nothing", async () => {
  const { keys } = await company.call("trust.makeKey", { role: "root" });
  const second = keys.find(({ role }) => role === "root")?.publicKey ?? "";
  const own = (await owner.call("trust.show", {})).keys[0]?.publicKey ?? "";
  const root = await saved(
    owner,
    await owner.call("trust.makeRoot", { owner: "N", threshold: 1, keys: [own] }),
  );
  const order = { uploadId: await handed(owner, root), threshold: 2, keys: [own, second] };
  const next = await saved(owner, await owner.call("trust.rotate", order));
  const signed = await saved(
    company,
    await company.call("trust.sign", { uploadId: await handed(company, next) }),
  );

  const read = readEnveloped(rootKind, Buffer.from(signed, "base64"));
  expect(read).toMatchObject({ document: { version: 2, threshold: 2, keys: [own, second] } });
  expect(read?.envelope.signatures.map(({ keyId }) => keyId).sort()).toEqual([own, second].sort());

  const first = await saved(company, await company.call("trust.revoke", { uploadId: null, keys: [own] }));
  const both = { uploadId: await handed(company, first), keys: [second] };
  const list = await saved(company, await company.call("trust.revoke", both));
  expect(await technician.call("trust.take", { uploadId: await handed(technician, list) })).toMatchObject({
    revoked: 2,
  });

  const shown = await technician.call("trust.show", {});
  await expect(
    technician.call("trust.take", { uploadId: await handed(technician, "bm90aGluZw==") }),
  ).rejects.toThrow("trust.documentInvalid");
  await expect(technician.call("trust.rotate", { uploadId: await handed(technician, root) })).rejects.toThrow(
    "trust.keyMissing",
  );
  expect(await technician.call("trust.show", {})).toEqual(shown);
});

test("a bundle is checked against the root that was taken up, without being told so", async () => {
  const check = async (files: Parameters<typeof bundleOf>[0]) => {
    const base64 = Buffer.from(bundleOf(files)).toString("base64");
    return owner.call("bundle.check", { uploadId: await handed(owner, base64) });
  };
  expect(await check({})).toMatchObject({ good: true, trust: null });

  const document = Buffer.from(envelop(rootKind, root, owners)).toString("base64");
  await owner.call("trust.take", { uploadId: await handed(owner, document) });

  expect(await check({})).toMatchObject({
    good: true,
    trust: { owner: "North Water", technician: "Li Wei 李伟" },
  });
  const alone = organisationOf({}, owners.slice(0, 1));
  expect(await check({ files: { "trust/organisation.dsse": alone } })).toMatchObject({
    good: false,
    problems: [{ code: "trust.rootWrong" }],
  });
});
