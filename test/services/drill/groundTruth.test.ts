import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeDrill } from "#domain/drill/judge.ts";
import { openBroker } from "#simulator/broker.ts";
import { seeded } from "#simulator/lineNoise.ts";
import type { Listening } from "#simulator/listening.ts";
import { type DrillChoice, type DrillRun, runDrill } from "#test/support/drillRun.ts";

/** Fifty outages: both ways to cut, both qualities of service, with and without a cache, some with a restart. */
function choiceOf(seed: number): DrillChoice {
  const chance = (index: number) => seeded(seed, 100 + index);
  return {
    seed,
    how: chance(1) < 0.5 ? "reset" : "silence",
    qos: chance(2) < 0.5 ? 0 : 1,
    cacheOn: chance(3) < 0.75,
    cacheSize: chance(4) < 0.4 ? 5 + Math.floor(chance(5) * 20) : 10_000,
    restarts: chance(6) < 0.2,
  };
}

/** What really happened to one group, by what was made and what the proxy handed on. */
function truthOf(run: DrillRun, key: string) {
  const passed = run.passed.filter((one) => one.key === key).map(({ timestamp }) => timestamp);
  const different = new Set(passed);
  const made = run.made.get(key) ?? [];
  let newest = 0;
  let reordered = 0;
  const seen = new Set<number>();
  for (const timestamp of passed) {
    if (seen.has(timestamp)) continue;
    seen.add(timestamp);
    if (timestamp < newest) reordered++;
    newest = Math.max(newest, timestamp);
  }
  return {
    expected: made.length,
    arrived: different.size,
    lost: made.filter((timestamp) => !different.has(timestamp)).length,
    duplicated: passed.length - different.size,
    reordered,
  };
}

describe("the drill's counts", () => {
  let broker: Listening;
  beforeAll(async () => {
    broker = await openBroker("127.0.0.1", 0);
  });
  afterAll(() => broker.close());

  test("equal what the proxy handed on in fifty seeded outages", async () => {
    const place = { host: "127.0.0.1", port: broker.port };
    const seen = { lost: 0, duplicated: 0, reordered: 0 };
    const causes = new Set<string>();
    for (let seed = 1; seed <= 50; seed++) {
      const choice = choiceOf(seed);
      const run = await runDrill(choice, place);
      const outcome = judgeDrill(run.groups, run.arrivals, run.facts);
      for (const group of outcome.groups) {
        const truth = truthOf(run, group.key);
        const { expected, arrived, lost, duplicated, reordered } = group;
        expect(
          { expected, arrived, lost, duplicated, reordered },
          `${JSON.stringify(choice)} ${group.key}`,
        ).toEqual(truth);
        const tag = outcome.tags.find((one) => one.group === group.key);
        expect(tag).toMatchObject(truth);
        seen.lost += truth.lost;
        seen.duplicated += truth.duplicated;
        seen.reordered += truth.reordered;
      }
      for (const { cause } of outcome.causes) causes.add(cause);
      expect(
        outcome.causes.map(({ cause }) => cause),
        JSON.stringify(choice),
      ).toEqual(expect.arrayContaining(expectedCauses(choice, run)));
    }
    expect(seen.lost).toBeGreaterThan(100);
    expect(seen.duplicated).toBeGreaterThan(0);
    expect(seen.reordered).toBeGreaterThan(0);
    expect([...causes].sort()).toEqual(["cacheLost", "cacheOff", "cacheSmall", "qos0"]);
  }, 120_000);
});

/** Causes that must be named; others may be beside them. */
function expectedCauses(choice: DrillChoice, run: DrillRun): string[] {
  const { how, cacheOn, qos, restarts } = choice;
  const gaveUp = how === "silence" && run.facts.reconnectedAt !== null;
  const needed = how === "reset" || gaveUp;
  if (!needed) return [];
  if (!cacheOn && how === "reset") return restarts ? [] : ["cacheOff"];
  return gaveUp && qos === 0 ? ["qos0"] : [];
}
