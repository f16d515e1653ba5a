import { systemClock } from "#adapters/clock.ts";
import { unpack } from "#adapters/files/unpack.ts";
import { runThrough } from "#domain/sliced.ts";
import type { TableContext, TagTable } from "#domain/tables/collectTags.ts";
import { exportTags, type TagExport } from "#domain/tables/exportTags.ts";
import type { ExportFormat } from "#domain/tables/formats.ts";
import type { Tagged } from "#domain/tables/printTable.ts";
import { type ImportChoice, readTagFile, type TagFileReading } from "#domain/tables/readTagFile.ts";
import type { Unpacking } from "#domain/tables/zip.ts";
import { inSlices } from "#services/inSlices.ts";

/** Reads a file of tags as the product does: text, or the bytes of a spreadsheet. */
export function readFileOfTags(
  file: string | Uint8Array,
  context: TableContext,
  choice: ImportChoice = {},
): Promise<TagFileReading> {
  return read(readTagFile(typeof file === "string" ? { text: file } : { bytes: file }, choice, context));
}

export function readTagTable(text: string, context: TableContext): TagTable {
  return runThrough(readTagFile({ text }, {}, context)).table;
}

/** Runs a reading to its end, whatever packed texts it asks for. */
export function read<T>(work: Unpacking<T>): Promise<T> {
  return inSlices(work, { clock: systemClock, unpack }, new AbortController().signal);
}

export function printed(format: ExportFormat, site: Tagged): TagExport {
  return runThrough(exportTags(format, site, "North pump"));
}

export function printTagTable(
  tags: Tagged["tags"],
  groups: Tagged["groups"],
  lines: Tagged["lines"],
): string {
  return new TextDecoder().decode(printed("csv", { tags, groups, lines }).bytes);
}
