import { lintDesign } from "#domain/lint/lintDesign.ts";
import { newSite } from "#domain/site/newSite.ts";
import type { Group, Site } from "#domain/site/site.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { interleave, median } from "./parts/figures.ts";
import { type BenchResult, runBench } from "./parts/report.ts";
import { shapes, spansOf } from "./parts/spans.ts";

const tags = 100_000;
const groups = 40;

await runBench(measure);

/** Time to lint a site of 100,000 tags, its bus-time budget and Neuron's reads included. */
async function measure(rounds: number): Promise<BenchResult> {
  const peers = shapes.map((shape) => {
    const site = makeSite(shape);
    return { who: shape, run: () => timeOf(() => lintDesign(site)) };
  });
  const runs = await interleave(rounds, peers);
  const perRound = (who: string) => runs.get(who) ?? [];
  return {
    title: `lint: ${tags} tags in ${groups} groups, budget included`,
    method: ["Tags as they lie on dense, clustered, sparse and random registers, seeded."],
    series: shapes.map((who) => ({ what: `${tags} tags`, who, unit: "ms", perRound: perRound(who) })),
    ratios: shapes.map((who) => ({
      name: `${who}, ms of 200`,
      perRound: perRound(who).map((ms) => ms / 200),
      goal: { atMost: 1 },
    })),
    skipped: [],
    wrong: 0,
  };
}

function makeSite(shape: (typeof shapes)[number]): Site {
  const settings = { baudRate: 115_200, parity: "even", dataBits: 8, stopBits: 1 } as const;
  const base = { kind: "serial", name: "line", units: [], timeoutMs: 1000, port: "", settings } as const;
  const made = spansOf(shape, tags, 1).map(
    ({ unit, area, offset, registers }, index): Tag => ({
      line: "l",
      group: `g${index % groups}`,
      name: `tag ${index}`,
      address: { unit, area, offset },
      type: registers === 1 ? "uint16" : "float",
      access: ["read"],
      scale: 1,
      bias: 0,
      precision: registers === 1 ? 0 : 2,
      unit: "",
      description: "",
    }),
  );
  const names = Array.from({ length: groups }, (_, index) => `g${index}`);
  return {
    ...newSite("s", "Site"),
    lines: [{ ...base, id: "l", gatewayPort: "/dev/ttyS0" }],
    groups: names.map((name): Group => ({ line: "l", name, intervalMs: 600_000 })),
    tags: made,
  };
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 3 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return median(times);
}
