import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import { bringTo } from "#test/support/bringTo.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench;
let gateway: GatewaySession;
let before: string;
const { signal } = new AbortController();

beforeAll(async () => {
  bench = await testWorkbench();
  const { gatewayUrl: url } = await bench.simulation.start();
  gateway = await bench.world.gateways.signIn(url, "admin", "0000", signal);
  // Somebody set this gateway up long ago, in words that are no site's.
  await bench.call("site.training", {});
  await bench.importTags();
  await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
  expect(await bench.job("apply")).toMatchObject({ state: "done" });
  const config = await gateway.config(signal);
  await bringTo(gateway, {
    ...config,
    nodes: config.nodes.map((node) => (node.name === "plc" ? { ...node, tags: "tank" } : node)),
    tags: config.tags.map((group) =>
      group.group === "tank" ? { ...group, tags: [...group.tags, oddTag] } : group,
    ),
    subscriptions: config.subscriptions.map((one) => ({
      ...one,
      groups: one.groups.map((group, index) =>
        index === 0 ? { ...group, params: { topic: "/old/place" } } : group,
      ),
    })),
    settings: config.settings.map((one) =>
      one.node === "uplink"
        ? { ...one, params: { ...one.params, username: "pump", password: "s3cret", "cache-mem-size": 8 } }
        : one,
    ),
  });
  before = printConfig(await gateway.config(signal));
  await bench.call("site.create", { name: "Found", path: [] });
  await bench.call("gateway.signIn", { url, user: "admin", password: "0000" });
}, 60_000);
afterAll(() => bench.close());

const oddTag = {
  type: 12,
  name: "odd",
  attribute: 1,
  precision: 0,
  decimal: 0,
  bias: 0,
  address: "1!400001",
  description: "",
  unit: "",
};

test("what would be taken over is shown first, with what a site cannot say, and nothing is changed", async () => {
  const shown = await bench.call("gateway.take", { take: false });

  expect(shown).toMatchObject({
    lines: expect.arrayContaining([
      { name: "rtu", kind: "serial", groups: 4, tags: 33 },
      expect.objectContaining({ name: "plc", kind: "tcp" }),
    ]),
    tags: 40,
    uplink: { host: expect.stringMatching(/^(127|localhost)/) },
  });
  expect(shown.notes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["take.tagKept", "take.topicKept", "take.settingsKept", "take.secretSealed"]),
  );
  expect(bench.site()).toMatchObject({ lines: [], tags: [] });
});

test("the site is then what runs there, can be applied without changing anything, and holds no password", async () => {
  await bench.call("gateway.take", { take: true });

  expect(bench.site().tags).toHaveLength(40);
  expect(await bench.call("gateway.plan", {})).toMatchObject({ equal: true, problems: [] });
  expect(bench.tables.gateway.get("gateway")?.differences).toBe(0);
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
  expect(printConfig(await gateway.config(signal))).toBe(before);
  const path = bench.tables.site.get("site")?.path ?? "";
  const evidence = await readFile(path.replace(".site.json", ".evidence.jsonl"), "utf8");
  expect(evidence).toContain("gateway.taken");
  expect(evidence).not.toContain("s3cret");
  expect(JSON.stringify(bench.site())).not.toContain("s3cret");
  expect(await bench.world.secrets.get(`uplink:${bench.site().id}`)).toBe("s3cret");
});

test("a site with tags of its own is not written over; an undo makes room again", async () => {
  expect(await thrown(bench.call("gateway.take", { take: true }))).toMatchObject({
    code: "gateway.siteHasTags",
    tags: 40,
  });

  await bench.call("site.undo", {});
  expect(bench.site()).toMatchObject({ lines: [], groups: [], tags: [] });
  expect((await bench.call("gateway.take", { take: false })).tags).toBe(40);
});

test("the counters of what runs there are told node by node", async () => {
  const { nodes } = await bench.call("gateway.counts", {});

  const rtu = nodes.find(({ node }) => node === "rtu");
  expect(rtu).toMatchObject({ sent: null, cached: null, readErrors: expect.any(Number) });
  expect(rtu?.reads).toBeGreaterThan(0);
  expect(nodes.find(({ node }) => node === "uplink")).toMatchObject({
    reads: null,
    sent: expect.any(Number),
  });
});

test("a gateway on which nothing runs has nothing to take over", async () => {
  await bringTo(gateway, { nodes: [], groups: [], tags: [], subscriptions: [], settings: [] });

  expect(await thrown(bench.call("gateway.take", { take: false }))).toMatchObject({
    code: "gateway.nothingToTake",
  });
});
