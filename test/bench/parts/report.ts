import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { spreadOf } from "./figures.ts";

/** One thing measured for one peer, a figure a round. */
export interface Series {
  readonly what: string;
  readonly who: string;
  readonly unit: string;
  readonly perRound: readonly number[];
  /** what physics allows at best, in the same unit */
  readonly limit?: number;
  /** correctness: wrong values, violations, over all rounds */
  readonly counts?: Readonly<Record<string, number | string>>;
}

/** Two series against each other, round by round, and what is aimed at. */
export interface Ratio {
  readonly name: string;
  readonly perRound: readonly number[];
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

export interface BenchResult {
  readonly title: string;
  /** what stands for the world, and how it was measured */
  readonly method: readonly string[];
  readonly series: readonly Series[];
  readonly ratios: readonly Ratio[];
  readonly skipped: readonly { readonly who: string; readonly why: string }[];
  /** wrong values of ours: the bench ends badly when there are any */
  readonly wrong: number;
}

/** Runs one bench as a program: `--rounds`, `--json`, exit code 1 on a wrong value of ours. */
export async function runBench(
  measure: (rounds: number) => BenchResult | Promise<BenchResult>,
): Promise<void> {
  const options = {
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  } as const;
  const { values } = parseArgs({ options });
  const startedAt = performance.now();
  const result = await measure(Number(values.rounds));
  const machine = {
    cores: cpus().length,
    load: loadavg()[0] ?? 0,
    node: process.version,
    seconds: (performance.now() - startedAt) / 1000,
  };
  if (values.json) console.log(JSON.stringify({ ...result, machine }));
  else console.log(printResult(result, machine));
  process.exit(result.wrong > 0 ? 1 : 0);
}

function printResult(
  result: BenchResult,
  { cores, load, node, seconds }: { cores: number; load: number; node: string; seconds: number },
): string {
  const lines = [
    `\n── ${result.title}`,
    `   ${node}, ${cores} cores, load ${load.toFixed(1)}, ${seconds.toFixed(0)} s; median [lowest–highest] of the rounds`,
    ...result.method.map((line) => `   ${line}`),
    "",
    ...columns(result.series.map(seriesCells)),
  ];
  if (result.ratios.length > 0) lines.push("", ...columns(result.ratios.map(ratioCells)));
  for (const { who, why } of result.skipped) lines.push(`skipped: ${who} (${why})`);
  lines.push(result.wrong === 0 ? "no wrong value" : `${result.wrong} WRONG VALUES`);
  return lines.join("\n");
}

function seriesCells({ what, who, unit, perRound, limit, counts = {} }: Series): readonly string[] {
  const ofLimit = limit === undefined ? "" : `limit ${figure(limit)}`;
  const counted = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return [what, who, `${spread(perRound)} ${unit}`, ofLimit, counted.join(", ")];
}

function ratioCells({ name, perRound, goal }: Ratio): readonly string[] {
  if (goal === undefined) return [name, spread(perRound), ""];
  const { median } = spreadOf(perRound);
  const [sign, aim] = "atLeast" in goal ? ["≥", goal.atLeast] : ["≤", goal.atMost];
  const met = sign === "≥" ? median >= aim : median <= aim;
  return [name, spread(perRound), `goal ${sign} ${aim}: ${met ? "met" : "short"}`];
}

function spread(perRound: readonly number[]): string {
  const { median, min, max } = spreadOf(perRound);
  return `${figure(median)} [${figure(min)}–${figure(max)}]`;
}

function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return value.toPrecision(value >= 1 && value < 1.1 ? 4 : 3);
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join("  ")
      .trimEnd(),
  );
}
