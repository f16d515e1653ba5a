import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { gatewayIdentities } from "#adapters/gateway/gatewayIdentities.ts";
import type { CallInput } from "#contract/contract.ts";
import { answering } from "#test/adapters/gateway/answering.ts";
import { emptyGatewayAnswer, securedGateway } from "#test/adapters/gateway/emptyGateway.ts";
import { selfSigned } from "#test/support/certificates.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench;
/** What the system's ARP table says of this machine's loopback. */
const table = new Map<string, string>();
const here = "127.0.0.1";

beforeAll(async () => {
  bench = await testWorkbench({
    change: () => ({ identities: gatewayIdentities(async () => table) }),
  });
});
// A site of its own: a port that another test had before would be known as another gateway.
beforeEach(() => bench.call("site.create", { name: "Identity", path: [] }));
afterAll(() => bench.close());

const signIn = (url: string, more: Partial<CallInput<"gateway.signIn">> = {}) =>
  bench.call("gateway.signIn", { url, user: "admin", password: "secret", ...more });
const evidence = (kind: string) => bench.tables.site.get("site") && evidenceOf(kind);
const evidenceOf = (kind: string) =>
  readFileSync(
    (bench.tables.site.get("site")?.path ?? "").replace(/\.site\.json$/, ".evidence.jsonl"),
    "utf8",
  )
    .split("\n")
    .filter((line) => line.includes(`"${kind}"`));

const gateway = () => answering(({ path }) => emptyGatewayAnswer(path));

function macs(seed: number): () => string {
  let state = seed;
  return () => {
    const bytes = Array.from({ length: 5 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return ((state >>> 16) & 255).toString(16).padStart(2, "0");
    });
    return ["02", ...bytes].join(":");
  };
}

test.each(Array.from({ length: 25 }, (_, seed) => seed + 1))(
  "another gateway at the same address is refused, and hears no password (seed %i)",
  async (seed) => {
    const { url, asked } = await gateway();
    const next = macs(seed);
    const [first, second, third] = [next(), next(), next()];
    const logins = () => asked.filter(({ path }) => path.endsWith("/login")).length;

    table.set(here, first);
    await signIn(url);
    table.set(here, second);

    const changed = { code: "gateway.identityChanged", url, part: "mac", kept: first, found: second };
    expect(await thrown(signIn(url))).toMatchObject(changed);
    expect(await thrown(signIn(url, { trust: first }))).toMatchObject(changed);
    expect(await thrown(signIn(url, { trust: third }))).toMatchObject(changed);
    expect(logins()).toBe(1);
    expect(bench.tables.gateway.items()).toEqual([]);

    await signIn(url, { trust: second });
    expect(logins()).toBe(2);
    expect(evidence("gateway.identityTrusted")?.at(-1)).toContain(second);
    await signIn(url);
    table.set(here, first);
    expect(await thrown(signIn(url))).toMatchObject({ kept: second, found: first });
    expect(logins()).toBe(3);
    table.delete(here);
    // Behind a router no hardware address shows, which is no change.
    await signIn(url);
  },
);

test("the same address at another site is another gateway", async () => {
  const { url } = await gateway();
  table.set(here, "02:00:00:00:00:01");
  await signIn(url);
  await bench.call("site.create", { name: "Another", path: [] });
  table.set(here, "02:00:00:00:00:02");

  await signIn(url);

  expect(bench.tables.gateway.get("gateway")?.url).toBe(url);
});

test("an own certificate is trusted by its fingerprint alone, and then pinned", async () => {
  const one = selfSigned(bench.folder, "one", "/CN=one");
  const two = selfSigned(bench.folder, "two", "/CN=two");
  const { url, asked, exchange } = await securedGateway(one);
  table.clear();

  const fault = await thrown(signIn(url));
  expect(fault).toMatchObject({ code: "gateway.certificateUntrusted", url, cause: "selfSigned" });
  const { fingerprint } = fault as { fingerprint: string };
  expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(await thrown(signIn(url, { trust: fingerprint.split("").reverse().join("") }))).toMatchObject({
    code: "gateway.certificateUntrusted",
  });
  expect(asked).toEqual([]);
  await signIn(url, { trust: fingerprint });
  await signIn(url);
  const heard = asked.length;

  exchange(two);
  const changed = await thrown(signIn(url));
  expect(changed).toMatchObject({
    code: "gateway.identityChanged",
    part: "certificate",
    kept: fingerprint,
  });
  expect(asked.length).toBe(heard);
  await signIn(url, { trust: (changed as { found: string }).found });
  expect(bench.tables.gateway.get("gateway")?.url).toBe(url);
});

test("a gateway that is exchanged while a person is signed in hears no password either", async () => {
  const { url, asked } = await answering(({ path }, before) => {
    const signedIn = before.filter((call) => call.path.endsWith("/login")).length;
    // It forgets the session as soon as the hardware address is another one.
    if (!path.endsWith("/login") && table.get(here) !== "02:00:00:00:00:0a" && signedIn > 0)
      return { status: 403, body: { error: 1006 } };
    return emptyGatewayAnswer(path);
  });
  table.set(here, "02:00:00:00:00:0a");
  await signIn(url);
  table.set(here, "02:00:00:00:00:0b");

  const job = await bench.job("snapshot");

  expect(job.failure).toMatchObject({ code: "gateway.identityChanged", facts: { part: "mac" } });
  expect(asked.filter(({ path }) => path.endsWith("/login"))).toHaveLength(1);
});
