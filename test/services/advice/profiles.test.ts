import { expect, onTestFinished, test } from "vitest";
import type { AdviceDetail } from "#contract/adviceViews.ts";
import { type LinkProfile, linkProfileNames, linkProfiles } from "#domain/link/profiles.ts";
import { defaultUplink, newSite } from "#domain/site/newSite.ts";
import type { Site } from "#domain/site/site.ts";
import { resourceFolder } from "#hosts/cli/folders.ts";
import { composeWorld } from "#hosts/compose.ts";
import { adviceDetailOf, adviseUplink } from "#services/advice/adviceJob.ts";
import type { World } from "#services/world.ts";
import { startMosquitto } from "#test/support/mosquitto.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

/** One counter, told every quarter of an hour: a meter in the field. */
function meterSite(broker: { readonly host: string; readonly port: number }): Site {
  const empty = newSite("meter", "Meter");
  const line = {
    ...{ kind: "tcp" as const, id: "l", name: "meter", host: "127.0.0.1", port: 502 },
    ...{ timeoutMs: 1000, units: [] },
  };
  const address = { unit: 1, area: "holding" as const, offset: 0 };
  const tag = {
    ...{ line: "l", group: "counts", name: "energy", address, type: "uint32" as const },
    ...{ access: ["read" as const], scale: 1, bias: 0, precision: 0, unit: "Wh", description: "" },
  };
  const groups = [{ line: "l", name: "counts", intervalMs: 900_000 }];
  const site = { ...empty, lines: [line], groups, tags: [tag] };
  return { ...site, uplink: { ...defaultUplink(site), ...broker } };
}

async function adviseFor(world: World, site: Site, path: LinkProfile) {
  const job = {
    ...{ id: path, signal: new AbortController().signal, progress: () => undefined },
    detail: adviceDetailOf({ path, upToSeconds: 300, latestSeconds: 0 }),
    show(detail: AdviceDetail) {
      job.detail = detail;
    },
    record: async () => undefined,
  };
  const good = await adviseUplink(world, site, job);
  return { path, good, advice: job.detail.advice };
}

test("in each profile the advised keep-alive keeps the session, and a day costs less than with the usual 60 s", async () => {
  const broker = await startMosquitto({ settings: ["max_connections -1"] });
  onTestFinished(() => broker.stop());
  const world = await composeWorld({ host: "cli", dataFolder: await tempFolder(), resourceFolder });
  const site = meterSite({ host: broker.host, port: broker.port });

  const all = await Promise.all(linkProfileNames.map((path) => adviseFor(world, site, path)));

  for (const { path, good, advice } of all) {
    const of = (name: "usual" | "advised") => advice?.plans.find((plan) => plan.name === name)?.cost;
    const told = `${path}: ${JSON.stringify({ ...advice, bridge: "" })}`;
    expect(good, told).toBe(true);
    expect(advice?.proved, told).toBe(true);
    expect(of("advised")?.bytes, told).toBeLessThan(of("usual")?.bytes ?? 0);
    const { natIdleMs } = linkProfiles[path];
    if (natIdleMs !== null) expect(advice?.keepAliveSeconds, told).toBeLessThan(natIdleMs / 1000);
    expect(advice?.bridge).toContain(`keepalive = "${advice?.keepAliveSeconds}s"`);
    if (process.env.SHOW) console.log(told);
  }
  // The usual keep-alive does not hold where the path forgets after a minute: each silence costs a new session.
  const nat60 = all.find(({ path }) => path === "nat60")?.advice;
  expect(nat60?.failsSeconds).toBe(60);
  expect(nat60?.plans.find(({ name }) => name === "usual")?.cost.connections).toBeGreaterThan(1000);
}, 120_000);
