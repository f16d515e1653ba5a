import { mostColumns, mostRows } from "./sheet.ts";
import { type DateKind, printDate } from "./xlsxStyles.ts";
import { attribute, unescapeXml } from "./xmlText.ts";
import { longestPart, ZipError } from "./zip.ts";

export interface CellContext {
  readonly strings: readonly string[];
  readonly dates: readonly (DateKind | undefined)[];
  readonly is1904: boolean;
}

/** Reads a sheet's XML as it comes, piece by piece: each whole row goes to `rows`, the rest waits for the next piece. */
export interface SheetScan {
  /** false when no more is wanted */
  push(text: string): boolean;
  readonly rows: string[][];
  /** `A2:A5`, from behind the rows */
  readonly merged: string[];
}

const blank: string[] = [];

export function scanSheet(context: CellContext, mostOfRows = mostRows): SheetScan {
  const rows: string[][] = [];
  const merged: string[] = [];
  let rest = "";
  let prefix: string | undefined;
  let isDone = false;

  /** Some writers put a prefix before every name (`<x:row>`); without it there is one way to read. */
  function plainNames(text: string): string {
    return !prefix ? text : text.replaceAll(`<${prefix}`, "<").replaceAll(`</${prefix}`, "</");
  }

  function takeRows(text: string): void {
    let at = text.indexOf("<row");
    while (at !== -1) {
      const open = text.indexOf(">", at);
      if (open === -1) return;
      const number = numberOf(text, at, open) ?? rows.length + 1;
      if (number > mostRows) throw new ZipError("tooLarge");
      const isEmpty = text.charCodeAt(open - 1) === 47;
      const end = isEmpty ? open : text.indexOf("</row>", open);
      while (rows.length < number - 1) rows.push(blank);
      const cells = isEmpty
        ? blank
        : readCells(text, open + 1, end === -1 ? text.length : end, context, rows.at(-1) ?? blank);
      if (rows.length === number - 1) rows.push(cells);
      else rows[number - 1] = cells;
      if (rows.length >= mostOfRows || end === -1) return;
      at = text.indexOf("<row", end);
    }
  }

  return {
    rows,
    merged,
    push(text) {
      rest += text;
      if (rest.length > longestPart) throw new ZipError("tooLarge");
      prefix ??= prefixOf(rest);
      if (!isDone) {
        const closing = `</${prefix ?? ""}row>`;
        const cut = rest.lastIndexOf(closing);
        isDone = rest.includes(`</${prefix ?? ""}sheetData>`, Math.max(0, cut));
        if (cut === -1 && !isDone) return true;
        const whole = isDone ? rest.length : cut + closing.length;
        takeRows(plainNames(rest.slice(0, whole)));
        if (!isDone) rest = rest.slice(whole);
      }
      if (isDone) {
        const known = plainNames(rest);
        for (const [, tag = ""] of known.matchAll(/<mergeCell\s([^>]*)>/g))
          merged.push(attribute(tag, "ref") ?? "");
        // What stands before an unfinished tag is done with.
        rest = known.slice(known.lastIndexOf(">") + 1);
      }
      return rows.length < mostOfRows;
    },
  };
}

/** `x:` where every name has a prefix, else nothing; undefined until the first element has come. */
function prefixOf(text: string): string | undefined {
  const match = /<(\w+:)?worksheet[\s>]/.exec(text);
  return match ? (match[1] ?? "") : undefined;
}

/** The row's number from its tag, `<row r="12" …`. */
function numberOf(text: string, from: number, to: number): number | undefined {
  const at = text.indexOf(' r="', from);
  if (at === -1 || at > to) return undefined;
  const number = Number.parseInt(text.slice(at + 4, at + 12), 10);
  return Number.isNaN(number) || number < 1 ? undefined : number;
}

/** The cells between a row's tags; cells that are left out are empty. A text that stands above too is kept once. */
function readCells(
  text: string,
  from: number,
  to: number,
  context: CellContext,
  above: readonly string[],
): string[] {
  const cells: string[] = [];
  let at = text.indexOf("<c", from);
  while (at !== -1 && at < to) {
    const after = text.charCodeAt(at + 2);
    // `<c ` and `<c>` are cells, `<customXml` is not.
    if (after !== 32 && after !== 62 && after !== 47 && after !== 10 && after !== 13 && after !== 9) {
      at = text.indexOf("<c", at + 2);
      continue;
    }
    const open = text.indexOf(">", at);
    const tag = text.slice(at + 2, open);
    const column = columnOf(tag) ?? cells.length;
    const isEmpty = text.charCodeAt(open - 1) === 47;
    const end = isEmpty ? open : text.indexOf("</c>", open);
    if (!isEmpty && column < mostColumns) {
      const value = readValue(text, open + 1, end, tag, context);
      if (value !== "") {
        while (cells.length < column) cells.push("");
        cells[column] = above[column] === value ? (above[column] as string) : value;
      }
    }
    if (end === -1) break;
    at = text.indexOf("<c", end);
  }
  return cells;
}

/** `r="AB12"` → 27. */
function columnOf(tag: string): number | undefined {
  const at = tag.indexOf('r="');
  if (at === -1) return undefined;
  let column = 0;
  for (let i = at + 3; i < tag.length; i++) {
    const letter = tag.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column === 0 ? undefined : column - 1;
}

function readValue(text: string, from: number, to: number, tag: string, context: CellContext): string {
  const typeAt = tag.indexOf(' t="');
  const type = typeAt === -1 ? "n" : tag.slice(typeAt + 4, tag.indexOf('"', typeAt + 4));
  if (type === "inlineStr") return textOf(text.slice(from, to));
  const open = text.indexOf("<v", from);
  if (open === -1 || open > to) return "";
  const start = text.indexOf(">", open) + 1;
  const value = text.slice(start, text.indexOf("<", start));
  if (type === "s") return context.strings[Number(value)] ?? "";
  if (type === "n") return numberText(value, tag, context);
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  // "str" is a formula's text, "d" a date as people write it, "e" an error value as the sheet shows it.
  return unescapeXml(value);
}

function numberText(value: string, tag: string, context: CellContext): string {
  const at = tag.indexOf('s="');
  if (at !== -1) {
    const kind = context.dates[Number.parseInt(tag.slice(at + 3, at + 9), 10)];
    if (kind !== undefined && value !== "" && Number(value) >= 0)
      return printDate(Number(value), kind, context.is1904);
  }
  if (value.length < 15 && !/[eE]/.test(value)) return value;
  // 0.10000000000000001 is how 0.1 is kept.
  const number = Number(value);
  return Number.isFinite(number) ? String(number) : value;
}

/** The runs of a text put together; the reading aids of Japanese texts (`rPh`) are left out. */
export function textOf(xml: string): string {
  // One run without attributes, as nearly every text is.
  if (xml.startsWith("<t>") && xml.indexOf("<", 3) === xml.lastIndexOf("</t>")) {
    return unescapeXml(xml.slice(3, xml.indexOf("<", 3)));
  }
  const bare = xml.includes("rPh") ? xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, "") : xml;
  let text = "";
  for (const [, run = ""] of bare.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</g)) text += run;
  return unescapeXml(text);
}
