import { parse } from "yaml";
import type { Problem } from "../problem.ts";
import type { Sliced } from "../sliced.ts";
import type { Area } from "../tag/address.ts";
import type { Column } from "../tag/columns.ts";
import type { OrderLetters } from "../tag/orderWord.ts";
import type { AddressColumns } from "../tag/rowAddress.ts";
import { collectTags, type RawRow, type TableContext, type TagTable } from "./collectTags.ts";
import { readDelimitedText } from "./delimitedText.ts";
import { edgexColumns, edgexRows } from "./edgex.ts";
import { type ImportFormat, packedAs, recogniseText, type TagSource } from "./formats.ts";
import { type ColumnChoice, findHeader, type Header } from "./header.ts";
import { kepwareColumns, kepwareHeaderAt, kepwareRows } from "./kepware.ts";
import { neuronColumns, neuronRows } from "./neuronJson.ts";
import { emptyTable, linesByWord, readTable } from "./readTable.ts";
import { openXlsx } from "./readXlsx.ts";
import type { Sheet } from "./sheet.ts";
import { solarmanColumns, solarmanRows } from "./solarman.ts";
import { sunspecColumns, sunspecRows } from "./sunspec.ts";
import { type Unpacking, ZipError } from "./zip.ts";

/** What a person says about a file; everything is found out or asked for where nothing is said. */
export interface ImportChoice {
  readonly format?: ImportFormat;
  readonly sheet?: string;
  readonly columns?: ColumnChoice;
  readonly unitNumber?: number;
  readonly area?: Area;
  readonly base?: 0 | 1;
  readonly numbers?: "digit" | "plain";
  readonly order?: OrderLetters;
  /** 0-based start of a SunSpec model, and scale factors read from the device */
  readonly start?: number;
  readonly factors?: Readonly<Record<string, number>>;
}

/** What was chosen for an earlier file with the same column titles. */
export type Remembered = (titles: readonly string[]) => ImportChoice | undefined;

export interface TagFileReading {
  readonly format: ImportFormat;
  readonly sheets: readonly string[];
  readonly sheet: string;
  /** the columns of a table; undefined for a format that has none to choose */
  readonly header: Header | undefined;
  /** the titles by which this choice of columns is remembered, and whether it was */
  readonly titles: readonly string[];
  readonly isRemembered: boolean;
  /** the first rows under the header, for people who choose columns */
  readonly samples: readonly (readonly string[])[];
  readonly addresses: AddressColumns;
  readonly notes: number;
  readonly table: TagTable;
}

const shownSamples = 3;
const headOfSheet = 60;
/** A profile is a few hundred kilobytes; YAML is read in one go. */
const longestYaml = 4_000_000;

/** Reads a file of tags in any format. Never throws, whatever the file. */
export function* readTagFile(
  source: TagSource,
  choice: ImportChoice,
  context: TableContext,
  remembered: Remembered = () => undefined,
): Unpacking<TagFileReading> {
  if ("bytes" in source) {
    const packed = packedAs(source.bytes);
    if (packed !== "zip") return unreadable("xlsx", packed ?? "zip");
    try {
      return yield* readBook(source.bytes, choice, context, remembered);
    } catch (error) {
      if (error instanceof ZipError) return unreadable("xlsx", error.reason);
      throw error;
    }
  }
  const format = choice.format ?? recogniseText(source.text);
  switch (format) {
    case "xlsx":
      return unreadable("xlsx", "zip");
    case "csv":
    case "kepware": {
      const { rows, delimiter, problems } = yield* readDelimitedText(source.text);
      const sheet: Sheet = { name: "", rows };
      const reading =
        format === "kepware"
          ? yield* readKepware(sheet, choice, context)
          : yield* readSheet("csv", sheet, delimiter !== ",", choice, context, remembered);
      return { ...reading, table: { ...reading.table, problems: [...problems, ...reading.table.problems] } };
    }
    case "neuron":
    case "sunspec":
    case "edgex":
    case "solarman":
      return yield* readDocument(format, source.text, choice, context);
  }
}

/** Without a choice, the sheet whose first rows show most known columns. */
function* readBook(
  bytes: Uint8Array,
  choice: ImportChoice,
  context: TableContext,
  remembered: Remembered,
): Unpacking<TagFileReading> {
  const book = yield* openXlsx(bytes);
  const { sheetNames } = book;
  if (choice.sheet !== undefined && !sheetNames.includes(choice.sheet)) {
    const table = emptyTable({ code: "table.sheetUnknown", sheet: choice.sheet });
    return { ...nothingRead("xlsx", choice), sheets: sheetNames, table };
  }
  let best = choice.sheet ?? sheetNames[0] ?? "";
  let most = -1;
  if (choice.sheet === undefined && sheetNames.length > 1) {
    for (const name of sheetNames) {
      const { rows } = yield* book.read(name, headOfSheet);
      const { places } = findHeader(rows, choice.columns ?? {});
      if (places.size > most) [best, most] = [name, places.size];
    }
  }
  const sheet = yield* book.read(best);
  const isKepware =
    choice.format === "kepware" || (choice.format === undefined && kepwareHeaderAt(sheet.rows) !== -1);
  const reading = isKepware
    ? yield* readKepware(sheet, choice, context)
    : yield* readSheet("xlsx", sheet, false, choice, context, remembered);
  return { ...reading, sheets: sheetNames, sheet: best };
}

function* readSheet(
  format: "csv" | "xlsx",
  sheet: Sheet,
  decimalComma: boolean,
  given: ImportChoice,
  context: TableContext,
  remembered: Remembered,
): Sliced<TagFileReading> {
  const { titles } = findHeader(sheet.rows, {});
  const before = remembered(titles);
  const choice: ImportChoice = { ...before, ...given, columns: { ...before?.columns, ...given.columns } };
  const { columns = {}, unitNumber } = choice;
  const addresses = { ...choice, ...(unitNumber !== undefined && { unit: unitNumber }) };
  const reading = yield* readTable(sheet, { decimalComma, columns, addresses }, context);
  const { header } = reading;
  const samples = sheet.rows.slice(header.at + 1).filter((cells) => cells.some((cell) => cell.trim() !== ""));
  return {
    ...nothingRead(format, choice),
    header,
    titles,
    isRemembered: before !== undefined,
    samples: samples.slice(0, shownSamples),
    addresses: reading.addresses,
    notes: reading.notes,
    table: reading.table,
  };
}

/** Kepware's drivers have the low word first and count from 1, unless a person says that this device does not. */
function* readKepware(sheet: Sheet, choice: ImportChoice, context: TableContext): Sliced<TagFileReading> {
  const at = kepwareHeaderAt(sheet.rows);
  const known = { base: 1, order: "CDAB", ...choice } as const;
  const nothing = nothingRead("kepware", known);
  if (at === -1) {
    const table = emptyTable({ code: "table.columnMissing", columns: "name, address, type", at: { row: 1 } });
    return { ...nothing, table };
  }
  return {
    ...nothing,
    table: yield* collect(kepwareRows(sheet.rows, at), kepwareColumns, nothing.addresses, context),
  };
}

function* readDocument(
  format: "neuron" | "sunspec" | "edgex" | "solarman",
  text: string,
  choice: ImportChoice,
  context: TableContext,
): Sliced<TagFileReading> {
  // These formats count as the wire does; Neuron's addresses say their base themselves.
  const known = { base: format === "neuron" ? 1 : 0, numbers: "plain", ...choice } as const;
  const nothing = nothingRead(format, known);
  const isJson = format === "neuron" || format === "sunspec";
  if (!isJson && text.length > longestYaml) return unreadable(format, "tooLarge");
  let document: unknown;
  try {
    const plain = text.replace(/^\uFEFF/, "");
    document = isJson ? JSON.parse(plain) : parse(plain, { maxAliasCount: 1000, logLevel: "silent" });
  } catch {
    return unreadable(format, isJson ? "json" : "yaml");
  }
  yield;
  const readers = {
    neuron: () => neuronRows(document),
    sunspec: () => sunspecRows(document, { start: choice.start, factors: choice.factors ?? {} }),
    edgex: () => edgexRows(document),
    solarman: () => solarmanRows(document),
  };
  const columns = {
    neuron: neuronColumns,
    sunspec: sunspecColumns,
    edgex: edgexColumns,
    solarman: solarmanColumns,
  };
  const rows = readers[format]();
  if (!rows) return unreadable(format, "shape");
  if (rows.length === 0) return { ...nothing, table: emptyTable({ code: "table.empty" }) };
  return { ...nothing, table: yield* collect(rows, columns[format], nothing.addresses, context) };
}

function collect(
  rows: readonly RawRow[],
  columns: readonly Column[],
  addresses: AddressColumns,
  context: TableContext,
): Sliced<TagTable> {
  const { lines, defaultLine, existing } = context;
  const row = {
    ...addresses,
    lines: linesByWord(lines),
    defaultLine,
    decimalComma: false,
    intervalUnitMs: 1,
  };
  return collectTags(rows, row, new Set(columns), existing);
}

function nothingRead(format: ImportFormat, choice: ImportChoice): TagFileReading {
  const addresses: AddressColumns = {
    unit: choice.unitNumber,
    area: choice.area,
    base: choice.base,
    order: choice.order,
    numbers: choice.numbers,
    isHex: false,
    hasAreaX: false,
    lengthIn: "registers",
  };
  return {
    format,
    sheets: [],
    sheet: "",
    header: undefined,
    titles: [],
    isRemembered: false,
    samples: [],
    addresses,
    notes: 0,
    table: emptyTable(),
  };
}

function unreadable(format: ImportFormat, reason: string): TagFileReading {
  const problem: Problem = { code: "table.damaged", reason };
  return { ...nothingRead(format, {}), table: emptyTable(problem) };
}
