import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import Papa from "papaparse";
import { systemClock } from "#adapters/clock.ts";
import { unpack } from "#adapters/files/unpack.ts";
import { serve, type Workbench } from "#contract/server.ts";
import type { Pipe } from "#contract/wire.ts";
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
  /** stages of an import through the workbench */
  readonly stages?: Readonly<Record<Stage, StageRun>>;
}

export const stages = ["preview", "import", "lint"] as const;
export type Stage = (typeof stages)[number];

export interface StageRun {
  readonly ms: number;
  /** how long anything else had to wait meanwhile */
  readonly delayP99Ms: number;
  readonly delayMostMs: number;
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

/** A file through the real workbench while a page looks on: upload and preview, import until it is saved, lint. */
async function importThroughWorkbench(file: string): Promise<TableRun> {
  // The readers' processes do without the rest of the program: their memory is the reading's.
  const { composeWorkbench } = await import("#hosts/compose.ts");
  const dataFolder = await mkdtemp(join(tmpdir(), "lastmile-bench-"));
  const open = await composeWorkbench({ host: "cli", dataFolder, resourceFolder: resolve("resources") });
  const { handlers, tables } = open.workbench;
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
  const close = watchAll(open.workbench);
  // The program's own timers keep no process alive.
  const awake = setInterval(() => undefined, 1000);
  const text = (await readFile(file)).toString("base64");
  await sleep(300);
  const preview = await stage(async () => {
    for (let from = 0; from < text.length; from += 500_000) {
      await handlers["upload.append"]({ id: "t", text: text.slice(from, from + 500_000) }, signal);
      await setImmediate();
    }
    return handlers["tags.preview"]({ uploadId: "t", line: "a", base64: true }, signal);
  });
  const { importId, good } = preview.gives;
  const taking = await stage(async () => {
    const saved = new Promise<void>((done) => {
      const stop = tables.site.watch({
        changed() {
          const site = tables.site.get("site");
          if (site?.saved !== "saved" || site.head.groups.length === 0) return;
          stop();
          done();
        },
        removed: () => undefined,
      });
    });
    await handlers["tags.import"]({ importId }, signal);
    await saved;
  });
  const lint = await stage(() => handlers["tags.lint"]({ of: "site" }, signal));
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const rows = Math.min(good, tables.tags.items().length);
  clearInterval(awake);
  close();
  await open.close();
  await rm(dataFolder, { recursive: true, force: true });
  return { ms: preview.ms, peakMb, rows, letters: 0, stages: { preview, import: taking, lint } };
}

async function stage<T>(work: () => Promise<T>): Promise<StageRun & { readonly gives: T }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The first interval is counted from the first turn on.
  await sleep(20);
  const begun = performance.now();
  const gives = await work();
  const ms = performance.now() - begun;
  await sleep(20);
  delay.disable();
  return { gives, ms, delayP99Ms: delay.percentile(99) / 1e6, delayMostMs: delay.max / 1e6 };
}

/** A page that is told of every change and takes it at once. */
function watchAll(workbench: Workbench): () => void {
  let receive: (text: string) => void = () => undefined;
  let closed: () => void = () => undefined;
  const pipe: Pipe = {
    send: () => undefined,
    pendingBytes: () => 0,
    close: () => closed(),
    onMessage(listener) {
      receive = listener;
    },
    onClose(listener) {
      closed = listener;
    },
  };
  serve(pipe, workbench, { after: systemClock.after });
  for (const topic of ["site", "tags"]) receive(JSON.stringify({ t: "watch", topic }));
  return () => pipe.close();
}
