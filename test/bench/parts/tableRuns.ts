import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import Papa from "papaparse";
import { systemClock } from "#adapters/clock.ts";
import { unpack } from "#adapters/files/unpack.ts";
import { runThrough } from "#domain/sliced.ts";
import { readDelimitedText } from "#domain/tables/delimitedText.ts";
import { openXlsx } from "#domain/tables/readXlsx.ts";
import { inSlices } from "#services/inSlices.ts";

/** What one reader did with one file, in a process of its own. */
export interface TableRun {
  readonly ms: number;
  readonly peakMb: number;
  readonly rows: number;
  /** length of all cells' texts: readers that agree have the same */
  readonly letters: number;
  readonly delayP99Ms?: number;
  readonly delayMostMs?: number;
}

type Read = (file: string) => Promise<readonly (readonly unknown[])[]>;

const readers: Readonly<Record<string, Read>> = {
  "xlsx Lastmile": async (file) => {
    const world = { clock: systemClock, unpack };
    const { signal } = new AbortController();
    const book = await inSlices(openXlsx(await readFile(file)), world, signal);
    return (await inSlices(book.read(book.sheetNames[0] ?? ""), world, signal)).rows;
  },
  "xlsx exceljs": async (file) => {
    const Excel = createRequire(resolve("build/out/peers/any.js"))("exceljs");
    const book = new Excel.Workbook();
    await book.xlsx.readFile(file);
    const rows: unknown[][] = [];
    book.worksheets[0].eachRow((row: { values: unknown[] }) => rows.push(row.values.slice(1)));
    return rows;
  },
  "csv Lastmile": async (file) => runThrough(readDelimitedText(await readFile(file, "utf8"), ",")).rows,
  "csv papaparse": async (file) =>
    Papa.parse<string[]>((await readFile(file, "utf8")).trimEnd(), { delimiter: "," }).data,
};

/** Runs one reader, or a whole import through the workbench, and says what it took. */
export async function runTable(who: string, file: string): Promise<TableRun> {
  if (who === "import") return importThroughWorkbench(file);
  const read = readers[who];
  if (!read) throw new Error(`no reader ${who}`);
  const begun = performance.now();
  const rows = await read(file);
  const ms = performance.now() - begun;
  let letters = 0;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  for (const row of rows) for (const cell of row) letters += String(cell ?? "").length;
  return { ms, peakMb, rows: rows.length, letters };
}

/** A file through upload, preview and import of the real workbench, and how long anything else had to wait meanwhile. */
async function importThroughWorkbench(file: string): Promise<TableRun> {
  // The readers' processes do without the rest of the program: their memory is the reading's.
  const { composeWorkbench } = await import("#hosts/compose.ts");
  const dataFolder = await mkdtemp(join(tmpdir(), "lastmile-bench-"));
  const open = await composeWorkbench({ host: "cli", dataFolder, resourceFolder: resolve("resources") });
  const { handlers } = open.workbench;
  const signal = new AbortController().signal;
  await handlers["site.create"]({ name: "bench", path: [] }, signal);
  const line = {
    id: "a",
    name: "A",
    units: [],
    timeoutMs: 1000,
    kind: "tcp" as const,
    host: "127.0.0.1",
    port: 502,
  };
  await handlers["site.edit"]({ edit: { kind: "putLine", line } }, signal);
  const text = (await readFile(file)).toString("base64");
  await sleep(300);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  for (let from = 0; from < text.length; from += 500_000) {
    await handlers["upload.append"]({ id: "t", text: text.slice(from, from + 500_000) }, signal);
    await setImmediate();
  }
  const preview = await handlers["tags.preview"]({ uploadId: "t", line: "a", base64: true }, signal);
  const ms = performance.now() - begun;
  await sleep(20);
  delay.disable();
  const delays = { delayP99Ms: delay.percentile(99) / 1e6, delayMostMs: delay.max / 1e6 };
  const peakMb = process.resourceUsage().maxRSS / 1024;
  await open.close();
  await rm(dataFolder, { recursive: true, force: true });
  return { ms, peakMb, rows: preview.good, letters: 0, ...delays };
}
