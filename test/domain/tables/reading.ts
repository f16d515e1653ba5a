import type { TableContext, TagTable } from "#domain/tables/collectTags.ts";
import { exportTags, type TagExport } from "#domain/tables/exportTags.ts";
import type { ExportFormat } from "#domain/tables/formats.ts";
import type { Tagged } from "#domain/tables/printTable.ts";
import { type ImportChoice, readTagFile, type TagFileReading } from "#domain/tables/readTagFile.ts";
import { runThrough } from "#domain/tables/sheet.ts";

/** Reads a file of tags in one go: text, or the bytes of a spreadsheet. */
export function readFileOfTags(
  file: string | Uint8Array,
  context: TableContext,
  choice: ImportChoice = {},
): TagFileReading {
  return runThrough(
    readTagFile(typeof file === "string" ? { text: file } : { bytes: file }, choice, context),
  );
}

export function readTagTable(text: string, context: TableContext): TagTable {
  return readFileOfTags(text, context).table;
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
