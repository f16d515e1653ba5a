import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBundle } from "#domain/bundle/bundle.ts";
import type { HealthCheck } from "#domain/bundle/manifest.ts";
import { checkReceipt } from "#domain/trust/receipt.ts";
import { openGateway } from "#simulator/gateway/gateway.ts";
import { type GatewayClient, signIn } from "#test/simulator/gatewayClient.ts";
import { openTcpUnit, type TcpUnit } from "#test/support/tcpUnit.ts";
import { bundleOf, checks, neuronConfig } from "#test/support/trust/kit.ts";
import { type Applier, applier, hasTools, shells } from "./applier.ts";

let unit: TcpUnit;
let gateway: Awaited<ReturnType<typeof openGateway>>;
let url: string;
let client: GatewayClient;
beforeAll(async () => {
  unit = await openTcpUnit("keeps");
  gateway = await openGateway({ host: "127.0.0.1", port: 0, now: Date.now, openPort: async () => undefined });
  url = `http://127.0.0.1:${gateway.port}`;
  client = await signIn(url);
});
afterAll(async () => {
  await gateway.close();
  await unit.close();
});

const counts: HealthCheck = { check: "counts", nodes: 1, groups: 1, tags: 3 };
const whole: readonly HealthCheck[] = [
  counts,
  { check: "node", node: '新线路 "a"' },
  { check: "group", node: '新线路 "a"', group: "fast", good: 3 },
];
const wanted = () => neuronConfig('新线路 "a"', 3, unit.port);

/** What runs there to the last byte, engineering units too, which the export leaves out. */
async function running(): Promise<string> {
  const { text } = await client.call("GET", "global/config");
  const { groups } = JSON.parse(text) as { groups: { driver: string; group: string }[] };
  const tags = groups.map(({ driver, group }) =>
    client.call("GET", `tags?${new URLSearchParams({ node: driver, group })}`),
  );
  return [text, ...(await Promise.all(tags)).map((reply) => reply.text)].join("\n");
}

async function runs(config: object): Promise<string> {
  expect((await client.call("PUT", "global/config", config)).status).toBe(200);
  return running();
}

/** What the newest receipt says, once its signature and its bundle were checked. */
async function received(box: Applier, bytes: Uint8Array) {
  const opened = openBundle(bytes, checks);
  if (!opened.ok) throw new Error("not a bundle");
  const { digest, issuer, manifest } = opened.value;
  const wanted = { digest, issuer, seq: manifest.seq, keyFingerprint: manifest.gateway.keyFingerprint };
  const receipt = checkReceipt(await readFile(`${box.folder}/b.lastmile.receipt`), wanted, checks);
  return receipt.ok ? receipt.value : receipt.problem;
}

describe.skipIf(!hasTools).each(shells)("the applier in %s", { timeout: 60_000 }, (shell) => {
  test("applies a bundle, waits until its devices answer, and leaves a signed receipt; once is enough", async () => {
    const before = await runs(neuronConfig("old", 2, unit.port));
    const bytes = bundleOf({ config: wanted(), healthChecks: whole });
    const box = await applier(shell, url);

    const first = await box.run(["apply", await box.bundle(bytes)], { LASTMILE_HEALTH_SECONDS: "20" });
    const after = await running();
    const again = await box.run(["apply", await box.bundle(bytes)]);

    expect(first).toMatchObject({ code: 0 });
    expect(after).not.toBe(before);
    expect(after).toContain("新线路");
    expect(await received(box, bytes)).toMatchObject({
      outcome: "applied",
      seq: 5,
      counter: 1,
      because: "",
      neuron: "2.15.1",
      attestedBy: "gateway",
    });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining("applied already") });
    expect(await running()).toBe(after);
    const older = bundleOf({ manifest: { seq: 5, bundleId: "b-6" } });
    expect((await box.run(["apply", await box.bundle(older)])).stderr).toContain("trust.seqOld");
  });

  test("puts everything back when the import stops half way, and says so in the receipt", async () => {
    const before = await runs(neuronConfig("old", 2, unit.port));
    const bad = JSON.parse(JSON.stringify(wanted()).replace("1!40002", "1!90002"));
    const bytes = bundleOf({ config: bad, healthChecks: [counts] });
    const box = await applier(shell, url);

    const ran = await box.run(["apply", await box.bundle(bytes)]);

    expect(ran).toMatchObject({ code: 5 });
    expect(await running()).toBe(before);
    const receipt = await received(box, bytes);
    expect(receipt).toMatchObject({ outcome: "rolledBack", because: "gateway.refused" });
    expect("configAfter" in receipt && receipt.configAfter).toBe(
      "configBefore" in receipt && receipt.configBefore,
    );
    expect(await box.remembered("accepted")).toContain("seq 4");
  });
});

test.skipIf(!hasTools)(
  "a device that does not answer brings the old configuration back",
  async () => {
    const before = await runs(neuronConfig("old", 2, unit.port));
    const bytes = bundleOf({ config: neuronConfig('新线路 "a"', 3, 9), healthChecks: whole });
    const box = await applier("dash", url);

    expect(await box.run(["apply", await box.bundle(bytes)])).toMatchObject({ code: 5 });
    expect(await running()).toBe(before);
    expect(await received(box, bytes)).toMatchObject({ outcome: "rolledBack", because: "gateway.unhealthy" });
  },
  60_000,
);

test.skipIf(!hasTools)(
  "a gateway on which nothing ran is empty again after a failure",
  async () => {
    for (const { node } of JSON.parse((await client.call("GET", "node/state")).text).states)
      await client.call("DELETE", "node", { name: node });
    const before = await running();
    const bytes = bundleOf({ config: wanted(), healthChecks: [{ ...counts, tags: 4 }] });
    const box = await applier("dash", url);

    expect(await box.run(["apply", await box.bundle(bytes)])).toMatchObject({ code: 5 });
    expect(await running()).toBe(before);
  },
  60_000,
);

test.skipIf(!hasTools)(
  "a configuration that was changed since the last receipt is left alone",
  async () => {
    const before = await runs(neuronConfig("old", 2, unit.port));
    const bytes = bundleOf({ config: wanted(), manifest: { expectsCurrentConfig: "0".repeat(64) } });
    const box = await applier("dash", url);

    expect((await box.run(["apply", await box.bundle(bytes)])).stderr).toContain("trust.configDiffers");
    expect(await running()).toBe(before);
  },
  60_000,
);

test.skipIf(!hasTools).each(["snapshot.json", "intent"])(
  "nothing is changed where %s cannot be kept for the way back",
  async (file) => {
    const before = await runs(neuronConfig("old", 2, unit.port));
    const box = await applier("busybox", url);
    await mkdir(`${box.state}/${file}.new`);

    const ran = await box.run([
      "apply",
      await box.bundle(bundleOf({ config: wanted(), healthChecks: [counts] })),
    ]);

    expect(ran).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`cannot write ${box.state}/${file}`),
    });
    expect(await running()).toBe(before);
  },
  60_000,
);

const cuts = Number(process.env.LASTMILE_CUTS ?? 12);

test.skipIf(!hasTools)(
  `a power cut at any of ${cuts} points ends in the old or the new configuration, and the receipt tells which`,
  async () => {
    const old = neuronConfig("old", 2, unit.port);
    const config = wanted();
    const bytes = bundleOf({ config, healthChecks: [counts] });
    const before = await runs(old);
    const counting = await applier("dash", url);
    const { calls } = await counting.run(["apply", await counting.bundle(bytes)], {}, 0);
    const after = await running();
    // Nothing is touched while the bundle is verified, so that part need not be cut.
    const checked = await (await applier("dash", url)).run(["check", await counting.bundle(bytes)], {}, 0);
    const first = Math.max(1, checked.calls - 3);
    expect(checked).toMatchObject({ code: 0 });
    const ends = new Set<string>();

    for (let round = 0; round < cuts; round += 1) {
      const point = first + Math.floor((2 * (calls - first) * (round + 0.5)) / cuts) / 2;
      const shell = shells[round % 2] ?? "dash";
      await runs(old);
      const box = await applier(shell, url);
      const stick = await box.bundle(bytes);

      const cut = await box.run(["apply", stick], {}, point);
      const next = await box.run(["recover"]);

      expect(cut.code, `point ${point} of ${calls}`).toBe("SIGKILL");
      expect(next.code, next.stderr).toBe(0);
      const now = await running();
      const isNew = now === after;
      expect(isNew || now === before, `point ${point} of ${calls}`).toBe(true);
      const accepted = await box.remembered("accepted");
      expect(accepted.includes("seq 5"), `point ${point}`).toBe(isNew);
      const receipt = await received(box, bytes).catch(() => undefined);
      if (receipt !== undefined) expect(receipt).toMatchObject({ outcome: isNew ? "applied" : "rolledBack" });
      else expect(isNew).toBe(false);
      await expect(box.remembered("intent")).rejects.toMatchObject({ code: "ENOENT" });
      ends.add(isNew ? "new" : "old");
    }
    expect(ends).toEqual(new Set(["old", "new"]));
  },
  900_000,
);
