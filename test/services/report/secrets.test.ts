import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failuresOf } from "#contract/failure.ts";
import { languages, sayFailure } from "#contract/words/say.ts";
import { makeKey, makeRoot } from "#services/trustDesk.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { bytesOf } from "./reported.ts";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench();
  await bench.call("site.training", {});
  await bench.importTags();
});
afterAll(() => bench?.close());

const pem = (name: string) => `-----BEGIN PRIVATE KEY-----\n${name}\n-----END PRIVATE KEY-----`;

/** What other people's nodes hold in a gateway, by the names that plugins give it. */
const held = {
  password: "hidden-01-broker",
  passwd: "hidden-02-passwd",
  "client-password": "hidden-03-client",
  keypass: "hidden-04-keypass",
  key: "hidden-05-key",
  passphrase: "hidden-06-phrase",
  secret: "hidden-07-secret",
  client_secret: "hidden-08-client-secret",
  token: "hidden-09-token",
  "access-token": "hidden-10-access-token",
  refreshToken: "hidden-11-refresh",
  privateKey: "hidden-12-private",
  access_key: "hidden-13-access",
  accessKey: "hidden-14-access",
  "connection-string": "hidden-15-connection",
  sharedSecret: "hidden-16-shared",
} as const;

/** What a technician types or a computer makes in the course of a visit. */
const typed = {
  wrongGatewayPassword: "hidden-17-wrong",
  newGatewayPassword: "hidden-18-new",
  uplinkPassword: "hidden-19-uplink",
  uplinkKey: "hidden-20-uplink-key",
} as const;

test("no secret of a visit is in the site file, a bundle, a report, the evidence, the screen or an error", async () => {
  const { gateway } = bench.site();
  const url = gateway?.url ?? "";
  const errors: unknown[] = [];
  const wrong = bench.call("gateway.signIn", { url, user: "admin", password: typed.wrongGatewayPassword });
  errors.push(await thrown(wrong));
  await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
  await plantNode(url);
  await bench.call("uplink.setPassword", { password: typed.uplinkPassword });
  await bench.call("uplink.setKey", { key: pem(typed.uplinkKey) });
  for (const role of ["root", "organisation", "technician"] as const) await makeKey(bench.world, role);
  errors.push(await thrown(makeRoot(bench.world, "Owner", 9, [])));

  expect(await bench.job("snapshot")).toMatchObject({ state: "done" });
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
  await bench.call("gateway.setPassword", { password: typed.newGatewayPassword });
  await bench.call("acceptance.plan", { checklists: ["site-acceptance"] });
  await bench.call("acceptance.sign", { role: "tester", name: "Li Wei", company: "" });
  const files: string[] = [];
  for (const job of [
    await bench.job("bundle"),
    await bench.job("report", { form: "html", language: "en" }),
    await bench.job("report", { form: "html", language: "zh" }),
  ]) {
    expect(job).toMatchObject({ state: "done", failure: null });
    const { detail } = job;
    const ids = detail.kind === "bundle" ? [detail.download] : detail.files.map(({ download }) => download);
    for (const id of ids) files.push((await bytesOf(bench, id)).toString("latin1"));
  }
  const shown = JSON.stringify(Object.values(bench.tables).map((table) => table.items()));
  const told = errors
    .flatMap((error) => failuresOf(error))
    .flatMap((failure) => [
      JSON.stringify(failure),
      ...languages.map((language) => JSON.stringify(sayFailure(language, failure))),
    ]);
  const kept = await everyFileIn(bench.folder);
  expect(files.length).toBe(7);
  expect(told.length).toBeGreaterThan(3);
  expect(kept.length).toBeGreaterThan(1);

  const keys = await privateKeys();
  const secrets = [...Object.values(held), ...Object.values(typed), ...keys];
  expect(secrets).toHaveLength(23);
  const found = secrets.filter((secret) =>
    [...files, shown, ...told, ...kept].some(
      (text) => text.includes(secret) || text.includes(inBase64(secret)),
    ),
  );
  expect(found).toEqual([]);
});

/** A node that was there before us, with everything that must not travel. */
async function plantNode(url: string): Promise<void> {
  const login = await post(url, "login", { name: "admin", pass: "0000" });
  const { token } = (await login.json()) as { token: string };
  await post(url, "node", { name: "old", plugin: "MQTT" }, token);
  const params = {
    "client-id": "old",
    qos: 0,
    format: 0,
    "offline-cache": false,
    host: "10.0.0.9",
    port: 1883,
    username: "old",
    ssl: false,
    ...held,
  };
  const set = await post(url, "node/setting", { node: "old", params }, token);
  expect(await set.json()).toEqual({ error: 0 });
}

function post(url: string, call: string, body: object, token?: string): Promise<Response> {
  return fetch(`${url}/api/v2/${call}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

async function privateKeys(): Promise<readonly string[]> {
  const names = ["trust:root", "trust:organisation", "signing"];
  const kept = await Promise.all(names.map((name) => bench.world.secrets.get(name)));
  return kept.map((text) => (JSON.parse(text ?? "") as { privateKey: string }).privateKey);
}

async function everyFileIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1")));
}

/** The middle of it as base64 carries it, however it was aligned. */
function inBase64(text: string): string {
  return Buffer.from(text).toString("base64").slice(0, 16);
}
