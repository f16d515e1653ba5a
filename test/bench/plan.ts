import { serialLimits } from "#domain/plan/busTime.ts";
import { planAsNeuron } from "#domain/plan/neuronPlan.ts";
import { planReads, type Read, type ReadLimits, tcpLimits } from "#domain/plan/readPlan.ts";
import type { Span } from "#domain/tag/span.ts";
import { interleave, median, ratios, seeded } from "./parts/figures.ts";
import { costOf, leastCost, planGreedily } from "./parts/otherPlans.ts";
import { type BenchResult, type Ratio, runBench, type Series } from "./parts/report.ts";
import { between, type Shape, shapes, spansOf } from "./parts/spans.ts";

const ours = "Lastmile";
const serial = (baudRate: number) => serialLimits({ baudRate, parity: "even", dataBits: 8, stopBits: 1 }, 5);
const links: Readonly<Record<string, ReadLimits>> = {
  "9600 baud": serial(9600),
  "115200 baud": serial(115_200),
  TCP: tcpLimits,
};
const smallPlans = 60;
const tagsOfCost = 10_000;
const tagsOfTime = 100_000;

await runBench(measure);

/** What the planned reads cost on the line against the best possible and against Neuron, and the time to plan. */
async function measure(rounds: number): Promise<BenchResult> {
  const small = compareSmall(rounds);
  const time = await timePlans(rounds);
  const large = shapes.map((shape) => compareLarge(shape, rounds));
  return {
    title: "plan: cost of the reads on the line, and time to plan them",
    method: [
      `Optimum: every division of 1–8 tags tried, ${smallPlans} inputs a round and link. Cost: the line's time, 5 ms turnaround.`,
      `Neuron's rule and greedy (sorted objects, gap by cost) on ${tagsOfCost} tags; time for ${tagsOfTime} tags. Seeded.`,
    ],
    series: time.series,
    ratios: [...small.ratios, ...large.flatMap(({ ratios }) => ratios), ...time.ratios],
    skipped: [],
    wrong: small.wrong + large.reduce((sum, { wrong }) => sum + wrong, 0),
  };
}

function compareSmall(rounds: number): { readonly ratios: readonly Ratio[]; readonly wrong: number } {
  let wrong = 0;
  const ratios = Object.entries(links).map(([link, limits]) => {
    const worst = Array.from({ length: rounds }, (_, round) => {
      const random = seeded(round * 1000 + link.length);
      let most = 0;
      for (let i = 0; i < smallPlans; i++) {
        const spans = fewSpans(random);
        const reads = planReads(spans, limits);
        wrong += misplaced(reads, spans);
        most = Math.max(most, costOfReads(reads, limits) / leastCost(spans, limits));
      }
      return most;
    });
    const goal = { atMost: 1.000_000_1 };
    return { name: `${link}: ${ours} / optimum, the worst of ${smallPlans}`, perRound: worst, goal };
  });
  return { ratios, wrong };
}

/** Close enough together that reading over gaps, the longest request and overlaps all come into play. */
function fewSpans(random: () => number): readonly Span[] {
  const reach = between(random, 20, 600);
  return Array.from({ length: between(random, 1, 8) }, () => ({
    unit: 1,
    area: "holding",
    offset: between(random, 0, reach),
    registers: random() < 0.9 ? between(random, 1, 4) : between(random, 5, 60),
  }));
}

function compareLarge(
  shape: Shape,
  rounds: number,
): { readonly ratios: readonly Ratio[]; readonly wrong: number } {
  let wrong = 0;
  const found = Object.entries(links).flatMap(([link, limits]) => {
    const neuron: number[] = [];
    const greedy: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const spans = spansOf(shape, tagsOfCost, round + 1);
      const reads = planReads(spans, limits);
      wrong += misplaced(reads, spans);
      const own = costOfReads(reads, limits);
      const sizes = (blocks: readonly { start: number; end: number }[]) =>
        blocks.map(({ start, end }) => end - start);
      neuron.push(costOfReads(planAsNeuron(spans), limits) / own);
      greedy.push(costOf(sizes(planGreedily(spans, limits)), limits) / own);
    }
    return [
      { name: `${shape}, ${link}: Neuron's rule / ${ours}`, perRound: neuron, goal: { atLeast: 1 } },
      { name: `${shape}, ${link}: greedy / ${ours}`, perRound: greedy, goal: { atLeast: 1 } },
    ];
  });
  return { ratios: found, wrong };
}

async function timePlans(rounds: number): Promise<Pick<BenchResult, "series" | "ratios">> {
  const limits = serial(115_200);
  const series: Series[] = [];
  const found: Ratio[] = [];
  for (const shape of shapes) {
    const spans = spansOf(shape, tagsOfTime, 1);
    const peers = [
      { who: ours, run: () => timeOf(() => planReads(spans, limits)) },
      { who: "greedy objects", run: () => timeOf(() => planGreedily(spans, limits)) },
    ];
    const runs = await interleave(rounds, peers);
    const of = (who: string) => runs.get(who) ?? [];
    const what = `${shape}, ${tagsOfTime} tags`;
    for (const { who } of peers) series.push({ what, who, unit: "ms", perRound: of(who) });
    const perRound = ratios(of(ours), of("greedy objects"));
    found.push({ name: `${what}: ${ours} / greedy objects`, perRound, goal: { atMost: 0.25 } });
  }
  return { series, ratios: found };
}

function timeOf(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return median(times);
}

function costOfReads(reads: readonly Read[], limits: ReadLimits): number {
  return costOf(
    reads.map(({ count }) => count),
    limits,
  );
}

/** Tags that are not wholly in exactly one read, and reads that are too long. */
function misplaced(reads: readonly Read[], spans: readonly Span[]): number {
  const seen = new Uint32Array(spans.length);
  let wrong = 0;
  for (const { unit, area, offset, count, spans: places } of reads) {
    if (count > 125) wrong++;
    for (const place of places) {
      const span = spans[place] as Span;
      const inside = span.offset >= offset && span.offset + span.registers <= offset + count;
      if (!inside || span.unit !== unit || span.area !== area) wrong++;
      seen[place] = (seen[place] ?? 0) + 1;
    }
  }
  return wrong + seen.filter((times) => times !== 1).length;
}
