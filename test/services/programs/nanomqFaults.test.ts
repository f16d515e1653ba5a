import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nanomqs } from "#adapters/programs/nanomq.ts";
import type { Bridge } from "#domain/site/site.ts";
import { printSite } from "#domain/site/siteFile.ts";
import { openBroker } from "#simulator/broker.ts";
import type { Listening } from "#simulator/listening.ts";
import { openNanomq, type VirtualNanomq } from "#simulator/nanomq/nanomq.ts";
import { type FaultyWay, faultyWay, type WayFault, wayFaults } from "#test/support/faultyWay.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { bridgedFile } from "../../support/nanomqFile.ts";
import { seeded } from "../../support/seeded.ts";
import { until } from "../../support/until.ts";
import { applyBridge, bridgeTo, openBridgeBench, signInNanomq, siteWith } from "./bridgeBench.ts";

/** LASTMILE_FAULT_POINTS=200 tries that many; a tenth as many kills of the program come on top. */
const points = Number(process.env.LASTMILE_FAULT_POINTS ?? 40);
const kills = Math.max(3, Math.round(points / 20));

/** Where an answer is held back, the wait for it is cut short. */
const impatient = nanomqs(1000);

let program: Program;
beforeAll(async () => {
  program = await buildProgram("test/services/programs/applyingBridgeBench.ts");
});
afterAll(() => program?.remove());

describe.each([
  ["gives out its file", true],
  ["does not give out its file", false],
] as const)("a NanoMQ that %s", (_name, handsOutFile) => {
  let cloud: Listening;
  let nanomq: VirtualNanomq;
  let way: FaultyWay;
  let designs: readonly Bridge[];
  let folder: string;
  let close: () => Promise<void>;
  /** file and running bridges under each design */
  const states: string[] = [];

  /** What the broker runs and what is on its disk. */
  async function state(): Promise<string> {
    let bridges = "";
    await until(async () => {
      const reply = await fetch(`http://127.0.0.1:${nanomq.port}/api/v4/bridges/`, {
        headers: { Authorization: `Basic ${btoa("admin:public")}` },
      }).catch(() => undefined);
      bridges = reply?.ok ? await reply.text() : "";
      return bridges !== "";
    }, "the broker");
    return `${nanomq.file}\n${bridges}`;
  }

  beforeAll(async () => {
    cloud = await openBroker("127.0.0.1", 0);
    nanomq = await openNanomq({
      host: "127.0.0.1",
      port: 0,
      file: bridgedFile(cloud.port),
      handsOutFile,
    });
    way = await faultyWay(`http://127.0.0.1:${nanomq.port}`);
    // The second changes what can be changed live, the third what needs a restart.
    const first = bridgeTo(cloud.port, way.url);
    designs = [
      first,
      { ...first, clientId: "site42-other", keepAliveSeconds: 45 },
      { ...first, queueLength: 2048, forwards: [{ local: "plant/+/a", remote: "", qos: 0 }] },
    ];
    const opened = await openBridgeBench(siteWith(first));
    ({ folder, close } = opened);
    await signInNanomq(opened.bench, way.url, nanomq.file);
    for (const bridge of designs) {
      await opened.bench.edit({ kind: "setBridge", bridge });
      expect(await applyBridge(opened.bench)).toMatchObject({ state: "done", good: true });
      states.push(await state());
    }
    await opened.bench.open.close();
    expect(new Set(states).size).toBe(3);
  });
  afterAll(async () => {
    await close?.();
    await way?.close();
    await nanomq?.close();
    await cloud?.close();
  });

  test(`whatever goes wrong at one of ${points / 2} points, it runs the old configuration or the new`, async () => {
    const random = seeded(handsOutFile ? 3 : 5);
    const outcomes = new Map<string, number>();
    let current = states.indexOf(await state());
    for (let point = 0; point < points / 2; point++) {
      const wanted = (current + 1 + Math.floor(random() * 2)) % 3;
      await writeFile(join(folder, "bridge.site.json"), printSite(siteWith(designs[wanted])));
      const { bench } = await openBridgeBench(undefined, { folder, api: impatient });
      onTestFinished(() => bench.open.close());
      await signInNanomq(bench, way.url, nanomq.file);
      const fault = wayFaults[point % wayFaults.length] as WayFault;
      const first = Math.floor(random() * 10);
      const second = first + 1 + Math.floor(random() * 5);
      // Every third time something goes wrong while the old configuration is being put back, too.
      await way.arm(new Map([[first, fault], ...(point % 3 === 0 ? ([[second, fault]] as const) : [])]));

      const job = await applyBridge(bench);

      await way.arm(new Map());
      const what = `point ${point}: ${String(fault)} at request ${first}, ${wanted} over ${current}, ${job.failure?.code ?? job.state}`;
      expect(job.failure?.code, what).not.toBe("gateway.rollbackFailed");
      const now = states.indexOf(await state());
      expect(now, what).toBe(job.state === "done" ? wanted : current);
      outcomes.set(job.state, (outcomes.get(job.state) ?? 0) + 1);
      current = now;
      await bench.open.close();
    }
    expect(outcomes.get("failed")).toBeGreaterThan(points / 8);
  }, 120_000);

  test(`a kill of the program at one of ${kills} points is put right at the next sign-in`, async () => {
    const random = seeded(11);
    const conf = join(folder, "handed.conf");
    for (let point = 0; point < kills; point++) {
      const current = states.indexOf(await state());
      expect(current, `before kill ${point}`).toBeGreaterThanOrEqual(0);
      const wanted = current === 2 ? 0 : 2;
      await writeFile(join(folder, "bridge.site.json"), printSite(siteWith(designs[wanted])));
      const handed = nanomq.file;
      await writeFile(conf, handed);
      const child = startProgram(program.path, [folder, way.url, conf]);
      // The first requests only look; from about the twelfth on something is changed.
      const at = 8 + Math.floor(((point + random()) / kills) * 8);
      await way.arm(new Map([[at, () => child.kill("SIGKILL")]]));
      await child.ended;
      await way.arm(new Map());

      const { bench } = await openBridgeBench(undefined, { folder });
      onTestFinished(() => bench.open.close());
      // The person has the file that was there before, at most.
      await signInNanomq(bench, way.url).catch(() => undefined);
      const what = `kill ${point} at request ${at}`;
      if ((bench.tables.programs.get("nanomq")?.unfinishedSince ?? null) !== null) {
        expect(await applyBridge(bench, "rollback"), what).toMatchObject({ state: "done", good: true });
        expect(states.indexOf(await state()), what).toBe(current);
      } else {
        expect([current, wanted], what).toContain(states.indexOf(await state()));
      }
      expect(bench.tables.programs.get("nanomq")?.unfinishedSince, what).toBeNull();
      await bench.open.close();
    }
  }, 120_000);
});
