import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { type Answer, type Asked, answering, notFoundPage, token } from "#test/adapters/gateway/answering.ts";
import { makeAuthority } from "#test/support/certificates.ts";
import { listening } from "#test/support/serving.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench({
    change: () => ({ gateways: neuronGateways({ answerMs: 2000, configMs: 4000 }) }),
  });
  const nowhere = { host: "127.0.0.1", port: 9 };
  const place = { serialPort: "", linePort: "", plc: nowhere, gatewayUrl: "", broker: nowhere };
  const path = join(bench.folder, "bad.site.json");
  writeFileSync(path, printSite(twoDesigns(place, "http://127.0.0.1:9")[0]));
  await bench.call("site.open", { path });
});
afterAll(() => bench.close());

const signIn = (url: string) => bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
const welcome = () => token(Math.floor(Date.now() / 1000));
const empty = { nodes: [], groups: [], tags: [], subscriptions: [], settings: [] };
const withNode = (node: object) => ({ ...empty, nodes: [{ plugin: "MQTT", name: "m", ...node }] });

/** A gateway without fault, save what it answers to one path once it was told to. */
function gatewayWith(path: string, answer: Answer) {
  const spoiled = { now: false };
  const usual: Record<string, unknown> = {
    "/api/v2/login": { token: welcome() },
    "/api/v2/version": { version: "2.15.1" },
    "/api/v2/global/config": empty,
    "/api/v2/node/state": { states: [] },
    "/api/v2/plugin": { plugins: [] },
  };
  const served = answering(({ path: asked }) => {
    if (spoiled.now && asked === path) return answer;
    return asked in usual ? { body: usual[asked] } : { status: 404, body: notFoundPage };
  });
  return { served, spoiled };
}

const changed = ({ method, path }: Asked) => method !== "GET" && !path.endsWith("/login");

test.each<readonly [what: string, answer: Answer, fault: object]>([
  [
    "an HTML page with 404",
    { status: 404, body: notFoundPage },
    { code: "gateway.refused", status: 404, error: 0 },
  ],
  ["an HTML page with 500", { status: 500, body: "<html>" }, { code: "gateway.refused", status: 500 }],
  ["an HTML page with 200", { body: "<html>" }, { code: "gateway.unexpected", reason: "notJson" }],
  ["an error in a 200", { body: { error: 1001 } }, { code: "gateway.refused", status: 200, error: 1001 }],
  ["a redirect", { status: 302, body: "" }, { code: "gateway.refused", status: 302 }],
  ["torn JSON", { body: '{"nodes": [' }, { code: "gateway.unexpected", reason: "notJson" }],
  ["nothing at all", { body: "" }, { code: "gateway.unexpected", reason: "notJson" }],
  [
    "bytes that are no text",
    { body: "\u0000\ufffd\u0007" },
    { code: "gateway.unexpected", reason: "notJson" },
  ],
  ["an array", { body: [] }, { code: "gateway.unexpected" }],
  ["null", { body: "null" }, { code: "gateway.unexpected" }],
  [
    "a number too large to be one",
    { body: '{"nodes": 1e999}' },
    { code: "gateway.unexpected", reason: "notJson" },
  ],
  ["nesting without end", { body: "[".repeat(100_000) }, { code: "gateway.unexpected", reason: "notJson" }],
  ["a missing part", { body: { ...empty, tags: undefined } }, { code: "gateway.unexpected" }],
  ["a name that is a number", { body: withNode({ name: 5 }) }, { code: "gateway.unexpected" }],
  ["50 MB", { body: `"${"x".repeat(50 * 2 ** 20)}"` }, { code: "gateway.unexpected", reason: "tooLarge" }],
  ["silence", { body: undefined }, { code: "gateway.unreachable", reason: "timeout" }],
  ["a session that is over", { status: 403, body: { error: 1006 } }, { code: "gateway.signedOut" }],
])(
  "%s instead of the configuration is a clear fault, and nothing is changed",
  async (_what, answer, fault) => {
    const { served, spoiled } = gatewayWith("/api/v2/global/config", answer);
    const { url, asked } = await served;
    await signIn(url);
    spoiled.now = true;

    const job = await bench.job("apply");

    expect(job.state).toBe("failed");
    const { failure } = job;
    expect({ code: failure?.code, ...failure?.facts }).toMatchObject(fault);
    expect(asked.filter(changed)).toEqual([]);
  },
  20_000,
);

test.each<readonly [what: string, extra: string, text: string]>([
  ["fields of a newer version", ', "newer": {"deep": [1]}', "newer"],
  ["numbers beyond 2^53", ', "serial": 9007199254740993', "9007199254740993"],
])("%s are kept as they came", async (_what, extra, kept) => {
  const body = `{"nodes": [{"plugin": "X", "name": "n"${extra}}], "groups": [], "tags": [], "subscriptions": [], "settings": []}`;
  const { served, spoiled } = gatewayWith("/api/v2/global/config", { body });
  const { url } = await served;
  spoiled.now = true;
  await signIn(url);

  const job = await bench.job("snapshot");

  expect(job).toMatchObject({ state: "done" });
  expect(await bench.world.secrets.get(`snapshot:${job.detail.digest}`)).toContain(kept);
});

test.each<readonly [what: string, answer: Answer, fault: object]>([
  ["a router's page", { body: "<html>router</html>" }, { code: "gateway.unexpected", reason: "notJson" }],
  ["another API", { body: { token: "abc" } }, { code: "gateway.unexpected", reason: "token" }],
  ["a page that is not there", { status: 404, body: notFoundPage }, { code: "gateway.refused", status: 404 }],
  ["a redirect", { status: 301, body: "" }, { code: "gateway.refused", status: 301 }],
  ["nobody who answers", { body: undefined }, { code: "gateway.unreachable", reason: "timeout" }],
])("%s is no gateway", async (_what, answer, fault) => {
  const { url, asked } = await answering(() => answer);

  expect(await thrown(signIn(url))).toMatchObject(fault);

  expect(asked.filter(({ path }) => !path.endsWith("/login"))).toEqual([]);
  expect(bench.tables.gateway.items()).toEqual([]);
});

test("a certificate that is not trusted here, or is another's, is told as such", async () => {
  const authority = makeAuthority(bench.folder);
  const { certFile, keyFile } = authority.issue("other", { names: "DNS:other.example" });
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  const { port, stop } = await listening(server);

  const fault = await thrown(signIn(`https://127.0.0.1:${port}`));
  await stop();

  expect(fault).toMatchObject({ code: "gateway.certificateUntrusted", cause: "unknownAuthority" });
});
