import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { systemClock } from "#adapters/clock.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { GatewaySession } from "#capabilities/gatewayApi.ts";
import { printConfig } from "#domain/gateway/printConfig.ts";
import type { Line, Uplink } from "#domain/site/site.ts";
import { bringTo } from "#test/support/bringTo.ts";
import { type Cuttable, cuttable } from "#test/support/cuttable.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";
import { until } from "#test/support/until.ts";

/** Five seconds pass in one: half a minute of patience need not be waited for. */
const fastClock: Clock = {
  ...systemClock,
  monotonic: () => performance.now() * 5,
  sleep: (ms, signal) => systemClock.sleep(ms / 5, signal),
};

let bench: TestWorkbench;
let way: Cuttable;
let url: string;
let gateway: GatewaySession;
const { signal } = new AbortController();

beforeAll(async () => {
  bench = await testWorkbench({ change: () => ({ clock: fastClock }) });
  await bench.call("site.training", {});
  await bench.importTags();
  const direct = new URL(bench.site().gateway?.url ?? "");
  way = await cuttable(direct.hostname, Number(direct.port));
  url = `http://127.0.0.1:${way.port}`;
  gateway = await bench.world.gateways.signIn(direct.origin, "admin", "0000", signal);
});
afterAll(async () => {
  await bench.close();
  await way.close();
});
beforeEach(() => {
  way.onSent = () => undefined;
});

const signIn = (password = "0000") => bench.call("gateway.signIn", { url, user: "admin", password });
const running = async () => printConfig(await gateway.config(signal));
const stages = (detail: { readonly stages: readonly { key: string; state: string }[] }) =>
  detail.stages.map(({ key, state }) => `${key.replace("stage.", "")} ${state}`).join(", ");
/** the head of a call that changes something */
const changing = /^(POST|PUT|DELETE) \/api\/v2\/(node|group|tags|subscribe)/;
const plcLine = () => bench.site().lines.find((line) => line.id === "plc") as Line & { kind: "tcp" };

test("a wrong password, a wrong address and nobody at home each say so", async () => {
  expect(await thrown(signIn("1111"))).toMatchObject({ code: "gateway.loginRefused", user: "admin" });
  expect(bench.tables.links.get("gateway")).toMatchObject({
    state: "bad",
    failure: { code: "gateway.loginRefused" },
  });
  expect(bench.tables.gateway.items()).toEqual([]);
  expect(await thrown(bench.call("job.apply", {}))).toMatchObject({ code: "gateway.notSignedIn" });
  expect(
    await thrown(bench.call("gateway.signIn", { url: "gateway", user: "admin", password: "" })),
  ).toMatchObject({ code: "gateway.urlInvalid" });
  const nobody = bench.call("gateway.signIn", { url: "http://127.0.0.1:9", user: "admin", password: "0000" });
  expect(await thrown(nobody)).toMatchObject({ code: "gateway.unreachable", reason: "refused" });
});

test("the last of two people who sign in at once is signed in", async () => {
  const both = await Promise.allSettled([signIn(), signIn()]);

  expect(both.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(bench.tables.links.get("gateway")?.state).toBe("ok");
  expect(bench.tables.gateway.get("gateway")).toMatchObject({
    url,
    version: "2.15.1",
    defaultPassword: true,
  });
});

test("the plan is applied and equals the gateway afterwards", async () => {
  expect(await bench.call("gateway.plan", {})).toMatchObject({
    equal: false,
    nodes: { add: expect.arrayContaining(["plc", "rtu", "uplink"]), change: [], remove: [] },
    tags: { add: 40, change: 0, remove: 0 },
    problems: [],
  });

  const job = await bench.job("apply");

  expect(job).toMatchObject({ state: "done", good: true, failure: null });
  expect(stages(job.detail)).toBe(
    "validate good, snapshot good, apply good, compare good, health good, published good",
  );
  const topic = expect.stringMatching(/^lastmile\//);
  expect(job.detail.stages.at(-1)?.found).toMatchObject({ code: "found.publishSeen", facts: { topic } });
  expect(await bench.call("gateway.plan", {})).toMatchObject({ equal: true, tags: { add: 0 } });
  expect(bench.tables.gateway.get("gateway")).toMatchObject({ differences: 0, digest: job.detail.digest });
});

test("a site that the gateway would misread is not applied at all", async () => {
  const before = await running();
  await bench.edit({ kind: "setUplink", uplink: null });

  const job = await bench.job("apply");

  expect(job).toMatchObject({ state: "failed", failure: { kind: "problem", code: "uplink.none" } });
  expect(stages(job.detail)).toMatch(/^validate bad, snapshot waiting/);
  expect((await bench.call("gateway.plan", {})).problems).toMatchObject([{ code: "uplink.none" }]);
  await bench.call("site.undo", {});
  expect(await running()).toBe(before);
});

test("a configuration of which nothing arrives at the broker is not kept", async () => {
  const before = await running();
  bench.simulation.setFault("deniedTopic", true);
  onTestFinished(() => bench.simulation.setFault("deniedTopic", false));
  const uplink = bench.site().uplink as Uplink;
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, topic: "plant/{line}/{group}/pump" } });

  const job = await bench.job("apply");

  expect(job).toMatchObject({ failure: { code: "gateway.rolledBack" } });
  expect(job.detail.stages.find(({ key }) => key === "stage.published")?.failure).toMatchObject({
    code: "gateway.unhealthy",
    facts: { node: "uplink", reason: "notPublished" },
  });
  expect(await running()).toBe(before);
  await bench.call("site.undo", {});
});

test("a broker out of this computer's reach is said not to be looked at, and the change is kept", async () => {
  const uplink = bench.site().uplink as Uplink;
  await bench.edit({ kind: "setUplink", uplink: { ...uplink, port: 9 } });

  const job = await bench.job("apply");

  expect(job).toMatchObject({ state: "done", good: true });
  expect(job.detail.stages.at(-1)?.found?.code).toBe("found.publishNotLooked");
  await bench.call("site.undo", {});
  expect(await bench.job("apply")).toMatchObject({ state: "done", good: true });
});

test("an edit makes the comparison with the gateway unknown", async () => {
  await bench.edit({ kind: "putLine", line: { ...plcLine(), port: 9 } });

  expect(bench.tables.gateway.get("gateway")?.differences).toBeNull();
  expect(await bench.call("gateway.plan", {})).toMatchObject({ equal: false, nodes: { change: ["plc"] } });
});

test("when a device does not answer, the old configuration is back byte for byte", async () => {
  const before = await running();

  const job = await bench.job("apply");

  expect(job).toMatchObject({
    state: "failed",
    failure: { code: "gateway.rolledBack", facts: { because: "gateway.unhealthy" } },
  });
  expect(job.detail.stages.find((stage) => stage.key === "stage.health")?.failure).toMatchObject({
    code: "gateway.unhealthy",
    facts: { node: "plc" },
  });
  expect(stages(job.detail)).toMatch(/health bad, published waiting, rollback good$/);
  expect(await running()).toBe(before);
});

test("a cancelled apply ends in the old configuration", async () => {
  const before = await running();
  const { jobId } = await bench.call("job.apply", {});
  await until(() => {
    const { detail } = bench.tables.jobs.get(jobId) ?? {};
    return detail?.kind === "apply" && stages(detail).includes("health busy");
  }, "the wait for the nodes");

  await bench.call("job.cancel", { jobId });

  expect(await bench.open.jobEnded(jobId)).toMatchObject({ state: "cancelled" });
  expect(await running()).toBe(before);
});

test("a gateway that goes away while it takes the configuration gets the old one back when it returns", async () => {
  const before = await running();
  way.onSent = (text) => {
    if (!changing.test(text)) return;
    way.onSent = () => undefined;
    // Long enough for the request to arrive; the answer is lost.
    setTimeout(() => void way.cut(), 20);
    setTimeout(() => void way.mend(), 500);
  };

  const job = await bench.job("apply");

  expect(job).toMatchObject({
    state: "failed",
    failure: { code: "gateway.rolledBack", facts: { because: expect.stringMatching(/^gateway\./) } },
  });
  expect(stages(job.detail)).toMatch(/rollback good$/);
  expect(await running()).toBe(before);
});

test("a gateway that stays away is said to be in an unknown state, and its old configuration is kept", async () => {
  const { digest } = bench.tables.gateway.get("gateway") ?? {};
  const before = await running();
  way.onSent = (text) => {
    if (changing.test(text)) void way.cut();
  };

  const job = await bench.job("apply");

  expect(job).toMatchObject({ state: "failed", failure: { code: "gateway.rollbackFailed" } });
  const kept = await bench.world.secrets.get(`snapshot:${digest}`);
  expect(printConfig(JSON.parse(kept ?? "{}"))).toBe(before);
  await until(() => bench.tables.links.get("gateway")?.state === "bad", "the broken link");
  await way.mend();
  await until(() => bench.tables.links.get("gateway")?.state === "ok", "the link again");
  await bench.call("site.undo", {});
});

test("a renamed line leaves nothing behind on the gateway, and what is not the site's stays", async () => {
  const config = await gateway.config(signal);
  const strange = { plugin: "MQTT", name: "other", support_import_tags: false, tags: "" };
  const settings = config.settings.find((one) => one.node === "uplink");
  await bringTo(gateway, {
    ...config,
    nodes: [...config.nodes, strange],
    settings: [...config.settings, { node: "other", params: { ...settings?.params, "client-id": "other" } }],
  });
  await bench.edit({ kind: "putLine", line: { ...plcLine(), name: "tank" } });

  expect(await bench.call("gateway.plan", {})).toMatchObject({
    nodes: { add: ["tank"], remove: ["plc"] },
  });
  const job = await bench.job("apply");

  expect(job).toMatchObject({ state: "done", good: true, failure: null });
  const names = (await gateway.config(signal)).nodes.map((node) => node.name);
  expect(names.sort()).toEqual(["other", "rtu", "tank", "uplink"]);
});

test("a snapshot is kept without its passwords in the evidence", async () => {
  const job = await bench.job("snapshot");

  expect(job).toMatchObject({ state: "done", detail: { nodes: 4, tags: 40 } });
  expect(await bench.world.secrets.get(`snapshot:${job.detail.digest}`)).toContain('"nodes"');
});

test("a gateway whose password was changed signs us out and says so", async () => {
  const call = async (path: string, body: object, token = "") => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const reply = await fetch(`${url}/api/v2/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return (await reply.json()) as { token?: string };
  };
  const { token } = await call("login", { name: "admin", pass: "0000" });
  await call("password", { name: "admin", old_pass: "0000", new_pass: "1111" }, token);
  expect(await thrown(signIn())).toMatchObject({ code: "gateway.loginRefused" });

  await signIn("1111");

  expect(bench.tables.gateway.get("gateway")?.defaultPassword).toBe(false);
});

test("who signed out is shown as signed out", async () => {
  await bench.call("gateway.signOut", {});

  expect(bench.tables.links.get("gateway")?.state).toBe("idle");
  expect(bench.tables.gateway.items()).toEqual([]);
  expect(await thrown(bench.call("gateway.plan", {}))).toMatchObject({ code: "gateway.notSignedIn" });
});
