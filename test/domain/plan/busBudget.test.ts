import { afterEach, describe, expect, test } from "vitest";
import { budgetSite, type LineBudget } from "#domain/plan/busBudget.ts";
import { neuronPauseMs } from "#domain/plan/busTime.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { seeded } from "#test/bench/parts/figures.ts";
import { type VirtualTime, virtualTime } from "#test/support/virtualTime.ts";
import { pollingGateway, randomLine, siteOfLine } from "./polledLine.ts";

const settings: SerialSettings = { baudRate: 9600, parity: "even", dataBits: 8, stopBits: 1 };

function tagsAt(offsets: readonly number[], more: Partial<Tag> = {}): readonly Tag[] {
  return offsets.map((offset) => ({
    line: "l",
    group: "g",
    name: `t${offset}`,
    address: { unit: 1, area: "holding", offset },
    type: "uint16",
    access: ["read"],
    scale: 1,
    bias: 0,
    precision: 0,
    unit: "",
    description: "",
    ...more,
  }));
}

function budget(tags: readonly Tag[], intervals: Readonly<Record<string, number>>): LineBudget {
  const waits = new Map([["l", new Map([[1, 10]])]]);
  return budgetSite(siteOfLine({ settings, tags, intervals }), { waitsMs: waits })[0] as LineBudget;
}

const run = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

describe("the bus-time budget", () => {
  test("is what ten blocks of 125 registers take at 9600 baud: far more than a second", () => {
    const tags = run(10).flatMap((block) => tagsAt(run(125, block * 200)));
    const { groups, load } = budget(tags, { g: 1000 });

    // Neuron takes 124 registers at most, so each block is two requests.
    const characters = 20 * 13 + 2 * 1250;
    expect(groups[0]?.gateway).toMatchObject({ reads: 20, bytes: characters });
    expect(groups[0]?.gateway.cycleMs).toBeCloseTo((characters * 11 * 1000) / 9600 + 20 * (20 + 10), 3);
    expect(groups[0]).toMatchObject({ state: "over", own: { reads: 10 } });
    expect(load).toBeGreaterThan(3);
  });

  test("says which interval, how many tags and which baud rate would do, and they do", () => {
    const tags = run(10).flatMap((block) => tagsAt(run(100, block * 200)));
    const { advice } = budget(tags, { g: 1000 }).groups[0] ?? {};
    if (!advice?.intervalMs || !advice.mostTags || !advice.baudRate) throw new Error("no advice");

    expect(budget(tags, { g: advice.intervalMs }).groups[0]).toMatchObject({ state: "fits" });
    expect(budget(tags.slice(0, advice.mostTags), { g: 1000 }).groups[0]).toMatchObject({ state: "fits" });
    const faster = { ...settings, baudRate: advice.baudRate };
    const [line] = budgetSite(siteOfLine({ settings: faster, tags, intervals: { g: 1000 } }));
    expect(line?.groups[0]?.state).toBe("fits");
    expect(advice.baudRate).toBe(38_400);
  });

  test("leaves alone the groups that an overbooked line still serves in time", () => {
    const tags = [...tagsAt(run(300), { group: "fast" }), ...tagsAt(run(10, 1000), { group: "slow" })];
    const { groups } = budget(tags, { fast: 300, slow: 60_000 });

    expect(groups.map(({ group, state }) => [group, state])).toEqual([
      ["fast", "over"],
      ["slow", "fits"],
    ]);
    expect(groups[1]?.advice).toBeNull();
  });

  test("tells a group that only has to wait now and then from one that cannot be read", () => {
    const tags = [...tagsAt(run(5), { group: "fast" }), ...tagsAt(run(120, 1000), { group: "slow" })];
    const { groups } = budget(tags, { fast: 200, slow: 60_000 });

    expect(groups.map(({ state }) => state)).toEqual(["late", "fits"]);
    expect(groups[0]?.advice).toMatchObject({ mostTags: null, baudRate: null });
  });

  test("counts only what the gateway reads by itself", () => {
    const tags = [...tagsAt([0]), ...tagsAt([500], { access: ["write"] })];

    expect(budget(tags, { g: 1000 }).groups[0]).toMatchObject({ tags: 1, gateway: { reads: 1 } });
  });
});

describe("against the virtual gateway on the simulated line", () => {
  let time: VirtualTime | undefined;
  afterEach(() => {
    time?.restore();
    time = undefined;
  });

  test("a round takes what was predicted within five per cent, on 50 random lines", async () => {
    const random = seeded(20);
    time = virtualTime();
    for (let index = 0; index < 50; index++) {
      const line = randomLine(random);
      const gateway = pollingGateway(line, neuronPauseMs, 86_400_000);
      const [predicted] = budgetSite(siteOfLine(line), { waitsMs: new Map([["l", gateway.waitsMs]]) });
      for (const { group, gateway: round } of predicted?.groups ?? []) {
        const startedMs = time.now();
        await time.run(() => gateway.poll(group));
        const measuredMs = time.now() - startedMs;

        expect(gateway.requests(), line.text).toBe(round.reads);
        expect(Math.abs(measuredMs / round.cycleMs - 1), `${line.text}: ${measuredMs} ms`).toBeLessThan(0.05);
      }
      await gateway.close();
    }
  });

  test("a round takes that long in real time too, the best of five", { timeout: 20_000 }, async () => {
    const line = { settings, tags: [...tagsAt(run(60)), ...tagsAt(run(60, 100))], intervals: { g: 1000 } };
    const gateway = pollingGateway(line, neuronPauseMs, 86_400_000);
    const [predicted] = budgetSite(siteOfLine(line), { waitsMs: new Map([["l", gateway.waitsMs]]) });
    let bestMs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const startedMs = performance.now();
      await gateway.poll("g");
      bestMs = Math.min(bestMs, performance.now() - startedMs);
    }
    await gateway.close();

    expect(Math.abs(bestMs / (predicted?.gateway.cycleMs ?? 0) - 1), `${bestMs} ms`).toBeLessThan(0.05);
  });

  test("every group that misses a round was flagged, and no flagged line misses none", async () => {
    const random = seeded(7);
    time = virtualTime();
    const seen = { fits: 0, late: 0, over: 0 };
    for (let index = 0; index < 50; index++) {
      const line = randomLine(random, { loaded: true });
      const gateway = pollingGateway(line, neuronPauseMs);
      const [predicted] = budgetSite(siteOfLine(line), { waitsMs: new Map([["l", gateway.waitsMs]]) });
      const groups = predicted?.groups ?? [];
      const longestMs = Math.max(...groups.map(({ intervalMs }) => intervalMs));
      await time.pass(12 * longestMs);
      const missed = groups.map(({ group }) => gateway.missed(group));
      await gateway.close();

      for (const [at, { state, group }] of groups.entries()) {
        seen[state]++;
        if (state === "fits") expect(missed[at], `${line.text}: ${group}`).toBe(0);
      }
      const isOver = groups.some(({ state }) => state === "over");
      if (isOver) expect(Math.max(...missed), line.text).toBeGreaterThan(0);
      expect(isOver).toBe((predicted?.load ?? 0) > 1);
    }
    expect(Math.min(seen.fits, seen.late, seen.over)).toBeGreaterThan(10);
  });
});
