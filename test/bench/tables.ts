import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { runThrough } from "#domain/sliced.ts";
import { printDelimitedText } from "#domain/tables/delimitedText.ts";
import { printXlsx } from "#domain/tables/printXlsx.ts";
import { interleave, ratios } from "./parts/figures.ts";
import { peerPackage } from "./parts/peerPackages.ts";
import { type BenchResult, type Ratio, runBench, type Series } from "./parts/report.ts";
import { runTable, type Stage, type StageRun, stages, type TableRun } from "./parts/tableRuns.ts";

const rowsOfTable = 50_000;
const folder = resolve("build/out/bench/tables");
const stageNames: Readonly<Record<Stage, string>> = {
  preview: "upload and preview of the xlsx",
  import: "import, until the site is saved",
  lint: "lint of the tags",
};

const [who, file] = process.argv.slice(2);
if (who === "--run" && file !== undefined) {
  const run = await runTable(file, process.argv[4] ?? "");
  console.log(JSON.stringify(run));
  process.exit(0);
}
await runBench(measure);

/** Tables of tags read by us and by others, each reading in a process of its own. */
async function measure(rounds: number): Promise<BenchResult> {
  const exceljs = peerPackage("exceljs", "4.4.0");
  mkdirSync(folder, { recursive: true });
  const cells = table();
  const csv = join(folder, "tags.csv");
  const xlsx = join(folder, "tags.xlsx");
  writeFileSync(csv, runThrough(printDelimitedText(cells)));
  if ("path" in exceljs) await writeWithExceljs(exceljs.path, xlsx, cells);
  else writeFileSync(xlsx, runThrough(printXlsx("Tags", cells)));

  const places: readonly (readonly [string, string])[] = [
    ["xlsx Lastmile", xlsx],
    ...("path" in exceljs ? ([["xlsx exceljs", xlsx]] as const) : []),
    ["csv Lastmile", csv],
    ["csv papaparse", csv],
  ];
  const runs = await interleave(
    rounds,
    [...places, ["import", xlsx] as const].map(([name, path]) => ({
      who: name,
      run: () => inOwnProcess(name, path),
    })),
  );
  const of = (name: string, field: "ms" | "peakMb") => (runs.get(name) ?? []).map((run) => run[field]);
  const ofStage = (stage: Stage, field: keyof StageRun) =>
    (runs.get("import") ?? []).map((run) => run.stages?.[stage][field] ?? Number.NaN);
  const series: Series[] = places.flatMap(([name]) => [
    { what: name, who: "time", unit: "ms", perRound: of(name, "ms") },
    { what: name, who: "peak memory", unit: "MB", perRound: of(name, "peakMb") },
  ]);
  for (const stage of stages) {
    series.push(
      { what: stageNames[stage], who: "time", unit: "ms", perRound: ofStage(stage, "ms") },
      { what: "  anything else waits", who: "at most", unit: "ms", perRound: ofStage(stage, "delayMostMs") },
    );
  }
  const found: Ratio[] = [
    {
      name: "csv: papaparse / Lastmile, time",
      perRound: ratios(of("csv papaparse", "ms"), of("csv Lastmile", "ms")),
      goal: { atLeast: 1 },
    },
    ...stages.map((stage) => ({
      name: `${stage}: event-loop delay p99, ms`,
      perRound: ofStage(stage, "delayP99Ms"),
      goal: { atMost: 20 },
    })),
  ];
  if ("path" in exceljs) {
    found.unshift(
      {
        name: "xlsx: exceljs / Lastmile, time",
        perRound: ratios(of("xlsx exceljs", "ms"), of("xlsx Lastmile", "ms")),
        goal: { atLeast: 5 },
      },
      {
        name: "xlsx: Lastmile / exceljs, peak memory",
        perRound: ratios(of("xlsx Lastmile", "peakMb"), of("xlsx exceljs", "peakMb")),
        goal: { atMost: 0.4 },
      },
    );
  }
  return {
    title: "tables: reading a table of tags",
    method: [
      `${rowsOfTable} rows of 10 columns; each reading in a process of its own, file to rows of cells; peak is the process' own.`,
      "The xlsx is written by exceljs where it can be had. Preview, import and lint: through the real workbench, with a page that looks on.",
    ],
    series,
    ratios: found,
    skipped: "missing" in exceljs ? [{ who: "exceljs", why: exceljs.missing }] : [],
    wrong: wrongRuns(runs),
  };
}

/** Every reader must find all rows, and the same texts as the other. */
function wrongRuns(runs: ReadonlyMap<string, readonly TableRun[]>): number {
  let wrong = 0;
  const letters = new Map<string, number>();
  for (const [name, all] of runs) {
    for (const run of all) {
      if (run.rows !== (name === "import" ? rowsOfTable : rowsOfTable + 1)) wrong++;
      const kind = name.split(" ")[0] ?? "";
      if (name !== "import" && (letters.get(kind) ?? run.letters) !== run.letters) wrong++;
      letters.set(kind, run.letters);
    }
  }
  return wrong;
}

function inOwnProcess(name: string, path: string): TableRun {
  const self = process.argv[1] as string;
  const { stdout, stderr, status } = spawnSync(process.execPath, [self, "--run", name, path], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout) as TableRun;
}

function table(): readonly (readonly (string | number)[])[] {
  const header = [
    "group",
    "name",
    "address",
    "type",
    "attribute",
    "decimal",
    "precision",
    "bias",
    "unit",
    "description",
  ];
  const rows = Array.from({ length: rowsOfTable }, (_, at) => [
    `group ${at % 40}`,
    `feeder${at % 200}/voltage_${at}`,
    `${1 + (at % 200)}!4${String(1 + ((at * 2) % 65_000)).padStart(5, "0")}#BL`,
    "FLOAT",
    "Read",
    0.1,
    2,
    at % 3,
    "V",
    `Phase ${at % 3} to neutral, cabinet ${at % 17}`,
  ]);
  return [header, ...rows];
}

async function writeWithExceljs(path: string, to: string, cells: ReturnType<typeof table>): Promise<void> {
  const Excel = createRequire(path)(path);
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet("Tags");
  for (const row of cells) sheet.addRow(row);
  await book.xlsx.writeFile(to);
}
